package dev.drover.node.template.language;

import java.util.ArrayList;
import java.util.List;

/// The arguments of one call, checked as Go checks a function's parameters.
///
/// @param function as the template wrote it, for errors
public record Arguments(String function, List<Value> values) {

    public Arguments {
        values = List.copyOf(values);
    }

    /// How many there are.
    public int count() {
        return values.size();
    }

    /// Demands that many.
    public Arguments exactly(int wanted) {
        return between(wanted, wanted);
    }

    /// Demands as many as that, or more.
    public Arguments atLeast(int wanted) {
        return between(wanted, Integer.MAX_VALUE);
    }

    /// Demands a number of arguments within those bounds.
    public Arguments between(int least, int most) {
        if (count() < least || count() > most) {
            String wanted =
                    least == most
                            ? "" + least
                            : most == Integer.MAX_VALUE
                                    ? "at least " + least
                                    : least + " to " + most;
            throw Fault.of(
                    "wrong number of args for "
                            + function
                            + ": want "
                            + wanted
                            + " got "
                            + count());
        }
        return this;
    }

    /// Any value; nothing at all becomes nil, as Go hands it on.
    public Value value(int index) {
        Value value = values.get(index);
        return value instanceof Value.Absent ? Value.nil() : value;
    }

    /// A text; a number is not one.
    public String text(int index) {
        if (values.get(index) instanceof Value.Text(String text)) {
            return text;
        }
        throw wrong(index, "string");
    }

    /// A whole number that fits an int.
    public int integer(int index) {
        if (values.get(index) instanceof Value.Int(long number) && number == (int) number) {
            return (int) number;
        }
        throw wrong(index, "int");
    }

    /// True or false.
    public boolean flag(int index) {
        if (values.get(index) instanceof Value.Bool(boolean flag)) {
            return flag;
        }
        throw wrong(index, "bool");
    }

    /// A list.
    public List<Value> list(int index) {
        if (values.get(index) instanceof Value.Listing(List<Value> items)) {
            return items;
        }
        throw wrong(index, "[]interface {}");
    }

    /// A mapping.
    public Value.Mapping mapping(int index) {
        if (values.get(index) instanceof Value.Mapping mapping) {
            return mapping;
        }
        throw wrong(index, "map[string]interface {}");
    }

    /// Texts of a list of texts.
    public List<String> texts(int index) {
        List<String> texts = new ArrayList<>();
        for (Value item : list(index)) {
            if (!(item instanceof Value.Text(String text))) {
                throw wrong(index, "[]string");
            }
            texts.add(text);
        }
        return texts;
    }

    /// The texts from that argument to the last one.
    public List<String> textsFrom(int first) {
        List<String> texts = new ArrayList<>();
        for (int i = first; i < count(); i++) {
            texts.add(text(i));
        }
        return texts;
    }

    /// The argument is of the wrong type.
    public Fault wrong(int index, String wanted) {
        Value value = values.get(index);
        String got = value.isNothing() ? "nothing" : value.type();
        return Fault.of(
                "argument "
                        + (index + 1)
                        + " of "
                        + function
                        + " must be "
                        + wanted
                        + ", but is "
                        + got);
    }
}
