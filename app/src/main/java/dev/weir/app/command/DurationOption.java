package dev.weir.app.command;

import dev.weir.app.config.DurationText;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 90s} or {@code 1h30m} on the command line. */
final class DurationOption implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        return DurationText.parse(text)
                .filter(duration -> !duration.isNegative())
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is no duration such as 90s or 1h30m"));
    }
}
