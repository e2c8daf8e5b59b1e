"""Makes the set of reports: sources in one markup, files in every format and fault, and the truth of each."""
