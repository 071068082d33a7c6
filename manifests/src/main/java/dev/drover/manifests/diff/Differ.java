package dev.drover.manifests.diff;

import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.model.Value;
import dev.drover.manifests.shape.Component;
import dev.drover.manifests.shape.FieldNames;
import dev.drover.manifests.shape.RecordShape;
import dev.drover.manifests.shape.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Finds what differs between two job specs, in every field of the model: blocks are matched by
/// their name, maps by key, lists whose order means nothing as sets, other lists by position.
public final class Differ {
    /// Lists of texts whose order says something; others are sets, as datacenters and tags are.
    private static final Set<String> IN_ORDER = Set.of("args", "jvmOptions", "cipherSuites");

    private Differ() {}

    /// The differences from one spec to another, in the order of the model. Give both with their
    /// defaults applied: then a default that somebody writes out is no change.
    public static List<Diff> jobs(JobSpec before, JobSpec after) {
        return records(before, after, Effect.IN_PLACE);
    }

    /// The differences between two records of one kind that no allocation comes from.
    static List<Diff> records(Record before, Record after) {
        return records(before, after, Effect.IGNORE);
    }

    /// The differences between two maps that no allocation comes from.
    static Diff map(String name, Map<?, ?> before, Map<?, ?> after) {
        return map(name, before, after, Effect.IGNORE);
    }

    /// The strongest effect that the differences have on allocations of a group: those of the job
    /// itself and those of the group's part.
    public static Effect effectOn(String group, List<Diff> differences) {
        Effect effect = Effect.IGNORE;
        for (Diff difference : differences) {
            boolean other =
                    difference.name().startsWith("group ")
                            && !difference.name().equals(title("groups", group));
            effect = other ? effect : effect.and(difference.strongest());
        }
        return effect;
    }

    private static List<Diff> records(Record before, Record after, Effect around) {
        List<Diff> differences = new ArrayList<>();
        for (Component component : RecordShape.of(after.getClass()).components()) {
            Effect effect = Effects.of(after.getClass(), component.name(), around);
            compare(component, before, after, effect, differences);
        }
        return differences;
    }

    private static void compare(
            Component component, Record before, Record after, Effect effect, List<Diff> into) {
        Object old = component.read(before);
        Object now = component.read(after);
        if (old.equals(now)) {
            return;
        }
        Shape shape = component.shape() instanceof Shape.Maybe(Shape of) ? of : component.shape();
        Optional<?> oldValue = old instanceof Optional<?> optional ? optional : Optional.of(old);
        Optional<?> newValue = now instanceof Optional<?> optional ? optional : Optional.of(now);
        switch (shape) {
            case Shape.Struct _ ->
                    part(component.name(), oldValue, newValue, effect).ifPresent(into::add);
            case Shape.Items(Shape.Struct _) ->
                    into.addAll(blocks(component.name(), (List<?>) old, (List<?>) now, effect));
            case Shape.Fields _ ->
                    into.add(map(component.name(), (Map<?, ?>) old, (Map<?, ?>) now, effect));
            case Shape.Items(Shape.Scalar _) when !IN_ORDER.contains(component.name()) ->
                    set(component.name(), (List<?>) old, (List<?>) now, effect)
                            .ifPresent(into::add);
            case Shape.Scalar _, Shape.Items _, Shape.Maybe _, Shape.Union _ ->
                    into.add(Shown.field(component.name(), oldValue, newValue, effect));
        }
    }

    /// Two sets of texts or numbers, shown in one order: then what came and went can be seen.
    private static Optional<Diff> set(String name, List<?> before, List<?> after, Effect effect) {
        Set<?> old = new TreeSet<>(before);
        Set<?> now = new TreeSet<>(after);
        return old.equals(now)
                ? Optional.empty()
                : Optional.of(
                        Shown.field(
                                name,
                                Optional.of(List.copyOf(old)),
                                Optional.of(List.copyOf(now)),
                                effect));
    }

    private static Optional<Diff> part(
            String name, Optional<?> before, Optional<?> after, Effect effect) {
        if (before.isPresent() && after.isPresent()) {
            List<Diff> inside = records((Record) before.get(), (Record) after.get(), effect);
            return inside.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Diff.Part(name, Diff.Kind.CHANGED, effect, inside));
        }
        Diff.Kind kind = before.isPresent() ? Diff.Kind.REMOVED : Diff.Kind.ADDED;
        Record whole = (Record) (before.isPresent() ? before.get() : after.orElseThrow());
        Effect does = whole instanceof TaskGroup ? onGroup(kind) : effect;
        return Optional.of(new Diff.Part(name, kind, does, all(whole, kind, does)));
    }

    /// Nothing runs of a group that comes, and nothing takes the place of what ran of one that
    /// goes.
    private static Effect onGroup(Diff.Kind kind) {
        return kind == Diff.Kind.ADDED ? Effect.IGNORE : Effect.STOP;
    }

    // ---- lists of blocks

    /// Equal blocks are no difference, wherever they stand. Of the others, those with a name meet
    /// by it, those without in their order.
    private static List<Diff> blocks(String name, List<?> before, List<?> after, Effect effect) {
        List<Object> gone = new ArrayList<>(before);
        List<Object> come = new ArrayList<>(after);
        after.forEach(gone::remove);
        before.forEach(come::remove);
        Map<String, Record> old = byTitle(name, gone);
        Map<String, Record> now = byTitle(name, come);
        Set<String> titles = new LinkedHashSet<>(old.keySet());
        titles.addAll(now.keySet());
        List<Diff> differences = new ArrayList<>();
        for (String title : titles) {
            Optional<Record> one = Optional.ofNullable(old.get(title));
            Optional<Record> other = Optional.ofNullable(now.get(title));
            part(title, one, other, effect).ifPresent(differences::add);
        }
        return differences;
    }

    private static Map<String, Record> byTitle(String list, List<?> items) {
        Map<String, Record> titled = new LinkedHashMap<>();
        for (Object item : items) {
            Record block = (Record) item;
            String title = title(list, label(block).orElse(""));
            String unique = title;
            for (int copy = 2; titled.containsKey(unique); copy++) {
                unique = title + " " + copy;
            }
            titled.put(unique, block);
        }
        return titled;
    }

    private static String title(String list, String label) {
        return label.isEmpty()
                ? FieldNames.singular(list)
                : FieldNames.singular(list) + " \"" + label + "\"";
    }

    private static Optional<String> label(Record block) {
        String component = FieldNames.label(block.getClass()).orElse("name");
        return RecordShape.of(block.getClass()).components().stream()
                .filter(each -> each.name().equals(component))
                .map(each -> each.read(block))
                .map(value ->
                        value instanceof Optional<?> optional
                                ? optional.map(Object::toString).orElse("")
                                : value.toString())
                .findFirst();
    }

    // ---- maps

    private static Diff map(String name, Map<?, ?> before, Map<?, ?> after, Effect effect) {
        List<Diff> inside = new ArrayList<>();
        Set<String> keys = new TreeSet<>();
        before.keySet().forEach(key -> keys.add(key.toString()));
        after.keySet().forEach(key -> keys.add(key.toString()));
        for (String key : keys) {
            Optional<?> old = Optional.ofNullable(before.get(key));
            Optional<?> now = Optional.ofNullable(after.get(key));
            if (!old.equals(now)) {
                inside.add(entry(key, old, now, effect));
            }
        }
        Diff.Kind kind =
                before.isEmpty()
                        ? Diff.Kind.ADDED
                        : after.isEmpty() ? Diff.Kind.REMOVED : Diff.Kind.CHANGED;
        return new Diff.Part(name, kind, effect, inside);
    }

    private static Diff entry(String key, Optional<?> before, Optional<?> after, Effect effect) {
        boolean secret = Shown.secret(key);
        boolean nested =
                before.orElse(null) instanceof Value.Fields
                        && after.orElse(null) instanceof Value.Fields;
        if (nested && !secret) {
            return map(
                    key,
                    ((Value.Fields) before.get()).fields(),
                    ((Value.Fields) after.get()).fields(),
                    effect);
        }
        return secret
                ? Shown.hidden(key, before, after, effect)
                : Shown.field(key, before, after, effect);
    }

    // ---- whole blocks

    /// Every stated field of a block that came or went.
    private static List<Diff> all(Record block, Diff.Kind kind, Effect effect) {
        List<Diff> fields = new ArrayList<>();
        for (Component component : RecordShape.of(block.getClass()).components()) {
            Object value = component.read(block);
            Object present = value instanceof Optional<?> optional ? optional.orElse(null) : value;
            if (present == null
                    || present.equals(List.of())
                    || present.equals(Map.of())
                    || present.equals("")) {
                continue;
            }
            Effect inner =
                    effect == Effect.IGNORE // as all around it
                            ? Effect.IGNORE
                            : Effects.of(block.getClass(), component.name(), effect).and(effect);
            fields.addAll(stated(component.name(), present, kind, inner));
        }
        return fields;
    }

    private static List<Diff> stated(String name, Object value, Diff.Kind kind, Effect effect) {
        return switch (value) {
            case Record record when !(value instanceof Value) ->
                    List.of(new Diff.Part(name, kind, effect, all(record, kind, effect)));
            case List<?> list
                    when !list.isEmpty()
                            && list.getFirst() instanceof Record
                            && !(list.getFirst() instanceof Value) ->
                    list.stream()
                            .<Diff>map(item ->
                                    new Diff.Part(
                                            title(name, label((Record) item).orElse("")),
                                            kind,
                                            effect,
                                            all((Record) item, kind, effect)))
                            .toList();
            case Map<?, ?> map ->
                    List.of(
                            kind == Diff.Kind.ADDED
                                    ? map(name, Map.of(), map, effect)
                                    : map(name, map, Map.of(), effect));
            default -> {
                Optional<Object> whole = Optional.of(value);
                yield List.of(
                        kind == Diff.Kind.ADDED
                                ? Shown.field(name, Optional.empty(), whole, effect)
                                : Shown.field(name, whole, Optional.empty(), effect));
            }
        };
    }
}
