import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.index.reindex.ReindexPlugin;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.painless.PainlessPlugin;
import org.opensearch.transport.Netty4Plugin;

/** One node of a cluster in this process: the settings are the arguments, as NAME=VALUE. */
public class Server extends Node {
    Server(Settings settings) {
        super(
            InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), (Path) null, () -> "node"),
            List.of(
                Netty4Plugin.class,
                CommonAnalysisPlugin.class,
                PainlessPlugin.class,
                ReindexPlugin.class),
            false);
    }

    /** However the process that wanted this node ends (0: nobody's), the node does not outlive it. */
    private static void endWithOwner(long owner) {
        if (owner != 0) {
            ProcessHandle.of(owner)
                .map(ProcessHandle::onExit)
                .orElse(CompletableFuture.completedFuture(null))
                .thenRun(() -> Runtime.getRuntime().halt(0));
        }
    }

    public static void main(String[] arguments) throws Exception {
        Settings.Builder settings = Settings.builder();
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            settings.put(parts[0], parts[1]);
        }
        Node node = new Server(settings.build()).start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                node.close();
            } catch (Exception error) {
                error.printStackTrace();
            }
        }));
        endWithOwner(Long.getLong("owner", 0));
        new CountDownLatch(1).await();
    }
}
