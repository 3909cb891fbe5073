package dev.weir.alerting.template;

/** Go's comparisons: only values of one type can be compared, and a whole number is of another than a float. */
final class Comparison {
    private Comparison() {}

    /** True if the first argument equals any of the others. */
    static boolean isAny(FunctionCall call) throws RenderFailure {
        if (call.arguments().size() < 2) {
            throw call.failure("missing argument for comparison");
        }
        for (Value other : call.argumentsFrom(1)) {
            if (isEqual(call, call.argument(0), other)) {
                return true;
            }
        }
        return false;
    }

    static boolean isEqual(FunctionCall call) throws RenderFailure {
        return isEqual(call, call.argument(0), call.argument(1));
    }

    static boolean isLess(FunctionCall call) throws RenderFailure {
        Value one = call.argument(0);
        Value two = call.argument(1);
        if (one instanceof Value.Text first && two instanceof Value.Text second) {
            return first.text().compareTo(second.text()) < 0;
        } else if (one instanceof Value.Numeric first && two instanceof Value.Numeric second) {
            return first.value() < second.value();
        } else if (one instanceof Value.Whole first && two instanceof Value.Whole second) {
            return first.value() < second.value();
        }
        throw incomparable(call, one, two);
    }

    private static boolean isEqual(FunctionCall call, Value one, Value two) throws RenderFailure {
        if (one instanceof Value.Numeric first && two instanceof Value.Numeric second) {
            return first.value() == second.value();
        }
        boolean nothing = one instanceof Value.Nothing || two instanceof Value.Nothing;
        boolean basic = one instanceof Value.Text || one instanceof Value.Whole || one instanceof Value.Flag;
        if (nothing || (basic && one.goType().equals(two.goType()))) {
            return one.equals(two);
        }
        throw incomparable(call, one, two);
    }

    private static RenderFailure incomparable(FunctionCall call, Value one, Value two) {
        return call.failure("incompatible types for comparison: " + one.goType() + " and " + two.goType()
                + (one.goType().equals("int") || two.goType().equals("int")
                        ? "; a number with a point is a float64"
                        : ""));
    }
}
