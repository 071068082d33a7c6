package dev.drover.manifests.nomad;

import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.shape.Component;
import dev.drover.manifests.shape.Dialect;
import dev.drover.manifests.shape.RecordShape;
import dev.drover.manifests.shape.Shape;
import dev.drover.manifests.tree.Position;
import dev.drover.manifests.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Puts a word that the model does not know where it was written.
final class Strangers {
    private static final Pattern STEP = Pattern.compile("(\\w+)(?:\\[(\\d+)\\])?(?:\\.|$)");

    private final Matcher steps;
    private final Tree.Text word;

    private Strangers(String key, String word) {
        this.steps = STEP.matcher(key);
        this.word = new Tree.Text(Position.START, word);
    }

    /// The spec in Nomad's names with one word more.
    ///
    /// @param key the model's path to its field: `groups[0].restart.mode`
    static Tree.Block put(Tree.Block spec, String key, String word) {
        return new Strangers(key, word).record(JobSpec.class, spec);
    }

    private Tree.Block record(Class<? extends Record> type, Tree.Block block) {
        if (!steps.lookingAt()) {
            return block;
        }
        String name = steps.group(1);
        int index = steps.group(2) == null ? 0 : Integer.parseInt(steps.group(2));
        steps.region(steps.end(), steps.regionEnd());
        return RecordShape.of(type).components().stream()
                .filter(component -> component.name().equals(name))
                .findFirst()
                .map(component -> Edit.block(block, edit -> component(component, index, edit)))
                .orElse(block);
    }

    private Edit component(Component component, int index, Edit edit) {
        String name = component.name(Dialect.NOMAD);
        return switch (component.shape()) {
            case Shape.Maybe(Shape.Choice _) -> edit.put(name, word);
            case Shape.Maybe(Shape.Struct(var inner)) -> edit.change(name, v -> within(inner, v));
            case Shape.Items(Shape.Struct(var inner)) ->
                    edit.change(name, list -> item(inner, (Tree.Listing) list, index));
            case Shape _ -> edit;
        };
    }

    private Tree within(Class<? extends Record> type, Tree value) {
        return value instanceof Tree.Block block ? record(type, block) : value;
    }

    private Tree item(Class<? extends Record> type, Tree.Listing list, int at) {
        List<Tree> items = new ArrayList<>(list.items());
        if (at < items.size()) {
            items.set(at, within(type, items.get(at)));
        }
        return new Tree.Listing(list.position(), items);
    }
}
