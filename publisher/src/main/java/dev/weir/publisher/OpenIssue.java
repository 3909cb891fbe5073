package dev.weir.publisher;

import java.util.function.Consumer;

/** An issue of a worker that was reported and can be resolved. Calls never wait and never throw. */
public final class OpenIssue {
    private final String id;
    private final Consumer<String> resolve;

    OpenIssue(String id, Consumer<String> resolve) {
        this.id = id;
        this.resolve = resolve;
    }

    /** The issue's identity; whoever reports it again with this id reports on the same one. */
    public String id() {
        return id;
    }

    /** Reports that the issue is over, and what ended it. */
    public void resolve(String resolution) {
        resolve.accept(resolution);
    }
}
