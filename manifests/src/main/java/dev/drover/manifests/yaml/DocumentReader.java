package dev.drover.manifests.yaml;

import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Position;
import dev.drover.manifests.tree.Suggestion;
import dev.drover.manifests.tree.Tree;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Tag;

/// The events of one document to its tree.
final class DocumentReader {
    /// As deep as in HCL; every level costs the stack a few frames.
    private static final int DEPTH_MAX = 200;

    /// Nodes that aliases may stand for, together: nine lines of YAML can otherwise stand for a
    /// billion.
    private static final int EXPANDED_MAX = 100_000;

    /// Digits of a number: as many as can be printed.
    private static final int DIGITS_MAX = 400;

    /// `0644`, which older YAML takes for 420, and `1.10`, which is 1.1.
    private static final Pattern MISLEADING = Pattern.compile("[-+]?0[0-9]+|[-+]?[0-9]+\\.[0-9]*0");

    private static final String MERGE = "<<";

    private final Iterator<Event> events;
    private final LoadSettings settings;
    private final Set<String> truths;
    private final Function<Mark, Position> places;
    private final Reporter reporter;
    private final Map<Anchor, Anchored> anchors = new HashMap<>();
    private int depth;
    private long size;
    private long expanded;

    /// Takes mistakes that do not end the reading.
    interface Reporter {
        void report(Position at, Code code, String what, String fix);
    }

    /// What an anchor names, and of how many nodes it is.
    private record Anchored(Tree tree, long size) {}

    /// Ends the reading of a text.
    static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Position at;
        private final Code code;

        Unreadable(Position at, Code code, String what) {
            super(what, null, false, false);
            this.at = at;
            this.code = code;
        }

        Position at() {
            return at;
        }

        Code code() {
            return code;
        }

        String what() {
            return String.valueOf(getMessage());
        }
    }

    DocumentReader(
            Iterator<Event> events,
            LoadSettings settings,
            Set<String> truths,
            Function<Mark, Position> places,
            Reporter reporter) {
        this.events = events;
        this.settings = settings;
        this.truths = truths;
        this.places = places;
        this.reporter = reporter;
    }

    /// The document's root; its end event is left.
    Tree document() {
        return node(events.next());
    }

    private Tree node(Event event) {
        Position at = position(event);
        long before = size++;
        Tree tree =
                switch (event) {
                    case AliasEvent alias -> alias(alias, at);
                    case ScalarEvent scalar -> scalar(scalar, at);
                    case SequenceStartEvent _ -> sequence(at);
                    case MappingStartEvent _ -> mapping(at);
                    default ->
                            throw new IllegalStateException(
                                    "no node begins with " + event); // Event is open
                };
        if (event instanceof NodeEvent named && !(event instanceof AliasEvent)) {
            named.getAnchor()
                    .ifPresent(anchor -> anchors.put(anchor, new Anchored(tree, size - before)));
        }
        return tree;
    }

    private Position position(Event event) {
        return event.getStartMark().map(places).orElse(Position.START);
    }

    private Tree alias(AliasEvent alias, Position at) {
        Anchored anchored = anchors.get(alias.getAlias());
        if (anchored == null) {
            String name = alias.getAlias().getValue();
            List<String> known = anchors.keySet().stream().map(Anchor::getValue).toList();
            reporter.report(
                    at,
                    Code.UNKNOWN_REFERENCE,
                    "there is no anchor &" + name + " before this alias",
                    Suggestion.of(name, known)
                            .map(near -> "did you mean *" + near + "?")
                            .orElse("write &" + name + " before the value that is meant"));
            return new Tree.Nothing(at);
        }
        expanded += anchored.size();
        size += anchored.size();
        if (expanded > EXPANDED_MAX) {
            throw new Unreadable(
                    at, Code.LIMIT, "the aliases stand for more than " + EXPANDED_MAX + " values");
        }
        return anchored.tree();
    }

    private void enter(Position at) {
        if (++depth > DEPTH_MAX) {
            throw new Unreadable(at, Code.LIMIT, "nested more than " + DEPTH_MAX + " levels deep");
        }
    }

    private Tree sequence(Position at) {
        enter(at);
        List<Tree> items = new ArrayList<>();
        for (Event event = events.next();
                !(event instanceof SequenceEndEvent);
                event = events.next()) {
            items.add(node(event));
        }
        depth--;
        return new Tree.Listing(at, items);
    }

    private Tree mapping(Position at) {
        enter(at);
        Map<String, Tree.Field> fields = new LinkedHashMap<>();
        List<Tree.Field> merged = new ArrayList<>();
        for (Event event = events.next();
                !(event instanceof MappingEndEvent);
                event = events.next()) {
            Position keyAt = position(event);
            if (!(event instanceof ScalarEvent key)) {
                throw new Unreadable(keyAt, Code.SYNTAX, "a key must be plain text");
            }
            Tree value = node(events.next());
            if (key.getValue().equals(MERGE) && key.getScalarStyle() == ScalarStyle.PLAIN) {
                merge(value, merged);
            } else {
                put(new Tree.Field(keyAt, key.getValue(), Tree.Form.ARGUMENT, value), fields);
            }
        }
        merged.forEach(field -> fields.putIfAbsent(field.name(), field));
        depth--;
        return new Tree.Block(at, List.of(), List.copyOf(fields.values()));
    }

    private void put(Tree.Field field, Map<String, Tree.Field> into) {
        Tree.Field before = into.putIfAbsent(field.name(), field);
        if (before != null) {
            reporter.report(
                    field.position(),
                    Code.DUPLICATE,
                    "\""
                            + field.name()
                            + "\" is already given at line "
                            + before.position().line()
                            + ", column "
                            + before.position().column(),
                    "keep one of the two");
        }
    }

    /// The fields of a mapping or of several; own ones and earlier ones win.
    private void merge(Tree value, List<Tree.Field> into) {
        switch (value) {
            case Tree.Block block -> into.addAll(block.fields());
            case Tree.Listing listing
                    when listing.items().stream().allMatch(Tree.Block.class::isInstance) ->
                    listing.items().forEach(item -> merge(item, into));
            case Tree.Listing _, Tree.Text _, Tree.Num _, Tree.Flag _, Tree.Nothing _ ->
                    reporter.report(
                            value.position(),
                            Code.WRONG_TYPE,
                            "<< merges mappings, and this is none",
                            "write <<: *anchor");
        }
    }

    // ---- scalars

    private Tree scalar(ScalarEvent event, Position at) {
        String text = event.getValue();
        Tag tag =
                event.getTag()
                        .map(Tag::new)
                        .orElseGet(() ->
                                event.getScalarStyle() == ScalarStyle.PLAIN
                                        ? settings.getSchema()
                                                .getScalarResolver()
                                                .resolve(
                                                        text,
                                                        event.getImplicit()
                                                                .canOmitTagInPlainScalar())
                                        : Tag.STR);
        if (tag.equals(Tag.NULL)) {
            return new Tree.Nothing(at);
        }
        if (tag.equals(Tag.BOOL)) {
            return new Tree.Flag(at, text.equalsIgnoreCase("true"));
        }
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            warnOfNumber(text, at);
            return number(text, at)
                    .<Tree>map(number -> new Tree.Num(at, number))
                    .orElseGet(() -> new Tree.Text(at, text));
        }
        if (event.getScalarStyle() == ScalarStyle.PLAIN && truths.contains(text)) {
            return new Tree.Flag(
                    at, "yYoO".indexOf(text.charAt(0)) >= 0 && !text.equalsIgnoreCase("off"));
        }
        boolean old = event.getScalarStyle() == ScalarStyle.PLAIN && !truths.isEmpty();
        return new Tree.Text(at, old ? Timestamp.of(text).orElse(text) : text);
    }

    /// A number that somebody else would read as another one, or print as another text.
    private void warnOfNumber(String text, Position at) {
        if (MISLEADING.matcher(text).matches()) {
            number(text, at)
                    .map(number -> new Tree.Num(at, number).plain())
                    .ifPresent(plain ->
                            reporter.report(
                                    at,
                                    Code.UNLIKELY,
                                    text + " is the number " + plain + " here",
                                    "write \""
                                            + text
                                            + "\" if it is a text, "
                                            + plain
                                            + " if not"));
        }
    }

    /// Infinity and what is not a number have no place in manifests: they stay text.
    private Optional<BigDecimal> number(String text, Position at) {
        if (text.length() > DIGITS_MAX) {
            throw new Unreadable(
                    at, Code.LIMIT, "the number has more than " + DIGITS_MAX + " digits");
        }
        try {
            if (text.startsWith("0x")) {
                return Optional.of(new BigDecimal(new BigInteger(text.substring(2), 16)));
            }
            if (text.startsWith("0o")) {
                return Optional.of(new BigDecimal(new BigInteger(text.substring(2), 8)));
            }
            BigDecimal number = new BigDecimal(text);
            if (Math.abs((long) number.scale()) > DIGITS_MAX) {
                throw new Unreadable(
                        at, Code.LIMIT, "the number has more than " + DIGITS_MAX + " digits");
            }
            return Optional.of(number);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
