package dev.weir.alerting.group;

/** A rule that could not be evaluated at a tick, and why. Its alerts and recorded series are as the tick before left them. */
public record RuleFailure(KeyedRule rule, String message) {}
