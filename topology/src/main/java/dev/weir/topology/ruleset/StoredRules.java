package dev.weir.topology.ruleset;

import java.time.Duration;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rule sets that a task follows, by name, in a changelogged store: with them it goes on after a restart. One thread. */
public final class StoredRules {
    private static final Logger LOG = LoggerFactory.getLogger(StoredRules.class);

    private final KeyValueStore<String, byte[]> store;

    public StoredRules(KeyValueStore<String, byte[]> store) {
        this.store = store;
    }

    /** The set stored by this name, or no rules. */
    public RuleSet get(String name, Duration pane) {
        byte[] bytes = store.get(name);
        if (bytes != null) {
            try {
                return RuleSetCodec.decode(bytes);
            } catch (InvalidRulesException e) {
                LOG.warn("rules that ran before are refused by this version, their alerts end: {}", e.getMessage());
            }
        }
        return RuleSet.none(pane);
    }

    public boolean has(String name) {
        return store.get(name) != null;
    }

    public void put(String name, RuleSet set) {
        store.put(name, RuleSetCodec.encode(set));
    }

    public void delete(String name) {
        store.delete(name);
    }
}
