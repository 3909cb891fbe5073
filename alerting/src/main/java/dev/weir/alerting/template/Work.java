package dev.weir.alerting.template;

/** What one rendering may still do. Bounds: {@value #MAX_UNITS} units; a step is one, and so are {@value #CHARACTERS_A_UNIT} characters read. */
final class Work {
    private static final int MAX_UNITS = 100_000;
    private static final int CHARACTERS_A_UNIT = 64;

    private long units;

    /**
     * Takes from what is left.
     *
     * @throws RenderFailure if that is not enough
     */
    void spend(long more) throws RenderFailure {
        units += more;
        if (units > MAX_UNITS) {
            throw new RenderFailure("template takes more than " + MAX_UNITS + " steps");
        }
    }

    void read(String text) throws RenderFailure {
        spend(text.length() / CHARACTERS_A_UNIT);
    }
}
