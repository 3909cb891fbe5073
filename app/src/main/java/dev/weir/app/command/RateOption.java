package dev.weir.app.command;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 500/s} or {@code 500} on the command line, per second. */
final class RateOption implements ITypeConverter<Double> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?)(?:/s)?");

    @Override
    public Double convert(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || Double.parseDouble(matcher.group(1)) <= 0) {
            throw new TypeConversionException("'" + text + "' is no rate such as 500/s");
        }
        return Double.valueOf(matcher.group(1));
    }
}
