package dev.weir.app.runbook;

import dev.weir.app.deploy.Checkout;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** One page of {@code docs/runbooks}. */
record Runbook(String alert, String text) {
    private static final Pattern LINK = Pattern.compile("]\\(([^)]+)\\)");

    static List<Runbook> all() {
        return Checkout.names("docs/runbooks", "*.md").stream()
                .filter(file -> !file.equals("README.md"))
                .map(file -> new Runbook(file.replace(".md", ""), Checkout.text("docs/runbooks/" + file)))
                .toList();
    }

    /** The code blocks of a language. */
    List<String> blocks(String language) {
        return groups(Pattern.compile("(?s)\n```" + language + "\n(.*?)\n```\n"));
    }

    /** What the page links to. */
    List<String> links() {
        return groups(LINK);
    }

    private List<String> groups(Pattern pattern) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    @Override
    public String toString() {
        return alert;
    }
}
