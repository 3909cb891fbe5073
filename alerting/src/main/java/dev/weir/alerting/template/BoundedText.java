package dev.weir.alerting.template;

/** Text that grows up to {@value #MAX_CHARACTERS} characters. */
final class BoundedText {
    static final int MAX_CHARACTERS = 65_536;

    private final StringBuilder text = new StringBuilder();

    /**
     * Adds to the end.
     *
     * @throws RenderFailure if it would grow beyond the bound
     */
    BoundedText append(CharSequence more) throws RenderFailure {
        requireRoom(more.length());
        text.append(more);
        return this;
    }

    /** Adds so many of one character. */
    BoundedText append(char c, long times) throws RenderFailure {
        long characters = Math.max(0, times);
        requireRoom(characters);
        text.append(String.valueOf(c).repeat((int) characters));
        return this;
    }

    private void requireRoom(long characters) throws RenderFailure {
        if (characters > MAX_CHARACTERS - text.length()) {
            throw new RenderFailure("text is longer than " + MAX_CHARACTERS + " characters");
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
