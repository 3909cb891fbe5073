package dev.weir.alerting.template;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Go's ways of escaping a text. */
final class GoEscape {
    private GoEscape() {}

    static String html(String text) throws RenderFailure {
        BoundedText out = new BoundedText();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.append(
                    switch (c) {
                        case '"' -> "&#34;";
                        case '\'' -> "&#39;";
                        case '&' -> "&amp;";
                        case '<' -> "&lt;";
                        case '>' -> "&gt;";
                        case 0 -> "\ufffd";
                        default -> String.valueOf(c);
                    });
        }
        return out.toString();
    }

    static String js(String text) throws RenderFailure {
        BoundedText out = new BoundedText();
        for (int c : text.codePoints().toArray()) {
            boolean hex = "<>&=".indexOf(c) >= 0 || !GoQuote.isPrintable(c);
            String escape = hex ? String.format("\\u%04X", c) : "\\'\"".indexOf(c) >= 0 ? "\\" + (char) c : null;
            out.append(escape == null ? Character.toString(c) : escape);
        }
        return out.toString();
    }

    /** For a parameter of a URL. */
    static String query(String text) throws RenderFailure {
        String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("*", "%2A")
                .replace("%7E", "~");
        return new BoundedText().append(encoded).toString();
    }
}
