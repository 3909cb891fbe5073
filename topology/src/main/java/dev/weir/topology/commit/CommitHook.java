package dev.weir.topology.commit;

import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.ProcessorNode;
import org.apache.kafka.streams.processor.internals.ProcessorRecordContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * Runs an action of a processor inside each commit of its task: what the action forwards and stores belongs to the transaction
 * that also holds the offsets of the input.
 *
 * <p>Runs while the task is running, when it is revoked and when it is closed in order; not when it crashes. An exception of the
 * action fails the commit, and the transaction is aborted. After a failure the action may be called once more before the task
 * is given up. One thread.
 */
public final class CommitHook implements StateStore, CachedStateStore<Object, Object> {
    /*
     * Kafka Streams has no public call at this moment: StateStore.flush and commit and the commit callbacks run after the
     * transaction, if at all. What does run in it is the flush of store caches (ProcessorStateManager.flushCache, from
     * StreamTask.prepareCommit). So this is a store without content that claims to have a cache. CommitHookIT holds it to a real broker, since TopologyTestDriver hides mistakes here.
     *
     * It calls itself persistent so that the task has a state directory: without one the process id, and with it the
     * transactional id, is random at each start, and a kill leaves the old transaction open until it times out.
     */
    private final String name;
    private boolean open;
    private @Nullable InternalProcessorContext<?, ?> context;
    private @Nullable ProcessorNode<?, ?, ?, ?> node;
    private @Nullable Runnable action;

    private CommitHook(String name) {
        this.name = name;
    }

    /** A store of this name, to be connected to the one processor whose action it runs. */
    public static StoreBuilder<CommitHook> builder(String name) {
        return new Builder(name);
    }

    /** Sets the action; called from the processor's {@code init}, with its own context. */
    public void beforeCommit(ProcessorContext<?, ?> processorContext, Runnable newAction) {
        context = (InternalProcessorContext<?, ?>) processorContext;
        node = context.currentNode();
        action = newAction;
    }

    @Override
    public void flushCache() {
        InternalProcessorContext<?, ?> streams = context;
        Runnable run = action;
        if (streams == null || run == null) {
            return;
        }
        ProcessorNode<?, ?, ?, ?> nodeBefore = streams.currentNode();
        ProcessorRecordContext recordBefore = streams.recordContext();
        streams.setCurrentNode(node);
        streams.setRecordContext(new ProcessorRecordContext(
                Math.max(0, streams.currentSystemTimeMs()), -1, -1, null, new RecordHeaders()));
        try {
            run.run();
        } finally {
            streams.setCurrentNode(nodeBefore);
            streams.setRecordContext(recordBefore);
        }
    }

    @Override
    public void clearCache() {
        forget();
    }

    @Override
    public boolean setFlushListener(CacheFlushListener<Object, Object> listener, boolean sendOldValues) {
        return false;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext storeContext, StateStore root) {
        forget();
        storeContext.register(root, (key, value) -> {});
        open = true;
    }

    @Override
    public void close() {
        forget();
        open = false;
    }

    @Override
    public boolean persistent() {
        return true;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    private void forget() {
        context = null;
        node = null;
        action = null;
    }

    private record Builder(String name) implements StoreBuilder<CommitHook> {
        @Override
        public CommitHook build() {
            return new CommitHook(name);
        }

        @Override
        public StoreBuilder<CommitHook> withCachingEnabled() {
            return this;
        }

        @Override
        public StoreBuilder<CommitHook> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<CommitHook> withLoggingEnabled(Map<String, String> config) {
            throw new UnsupportedOperationException("a commit hook has no content to log");
        }

        @Override
        public StoreBuilder<CommitHook> withLoggingDisabled() {
            return this;
        }

        @Override
        public Map<String, String> logConfig() {
            return Map.of();
        }

        @Override
        public boolean loggingEnabled() {
            return false;
        }
    }
}
