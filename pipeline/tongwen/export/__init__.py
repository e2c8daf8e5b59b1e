"""Tables of text written for other programs: CSV, XLSX, HTML and Markdown.

Law: what is written says what the sheet says and does nothing. No cell is run as a formula or as mark-up, and no
character stops a program from opening the file.
"""
