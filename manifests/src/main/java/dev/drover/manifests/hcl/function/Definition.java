package dev.drover.manifests.hcl.function;

import dev.drover.manifests.hcl.value.Budget;
import dev.drover.manifests.hcl.value.Value;
import java.util.List;

/// One function: how many arguments it takes and what it makes of them.
record Definition(String name, int least, int most, boolean takesNull, Body body) {

    /// For functions that take as many arguments as there are.
    static final int MANY = Integer.MAX_VALUE;

    /// What a function does; throws a `Mistake` where it cannot.
    interface Body {
        Value apply(List<Value> arguments, Budget budget);
    }

    /// Of a fixed number of arguments, none of them null.
    static Definition of(String name, int arguments, Body body) {
        return new Definition(name, arguments, arguments, false, body);
    }

    /// Of a number of arguments within bounds, none of them null.
    static Definition of(String name, int least, int most, Body body) {
        return new Definition(name, least, most, false, body);
    }

    /// The same, with nulls among the arguments.
    Definition withNulls() {
        return new Definition(name, least, most, true, body);
    }

    String arity() {
        if (least == most) {
            return least == 1 ? "one argument" : least + " arguments";
        }
        return most == MANY ? least + " or more arguments" : least + " to " + most + " arguments";
    }
}
