package dev.weir.alerting.rulefile;

import java.time.Duration;
import java.util.List;

/**
 * Rules that are evaluated together, at each whole multiple of the interval since the epoch.
 *
 * @param id file and group name: {@code chatdb.yml/api}
 * @param limit how many alerts or series one of its rules may come to; 0 for any number
 */
public record RuleGroup(String id, String name, Duration interval, int limit, List<Rule> rules) {
    public RuleGroup {
        rules = List.copyOf(rules);
    }
}
