package dev.drover.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.store.Key;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void it_is_the_sorted_map_it_should_be_after_every_commit(long seed) {
        Random random = new Random(seed);
        int keys = seed % 2 == 0 ? 200 : 20_000;
        NavigableMap<String, Integer> model = new TreeMap<>();
        Tree<Integer> tree = Tree.empty();
        for (int commit = 0; commit < 200; commit++) {
            Tree.Editor<Integer> editor = tree.edit();
            boolean growing = commit % 40 < 25;
            for (int i = 0; i < random.nextInt(300); i++) {
                Key key = key(random.nextInt(keys));
                if (random.nextInt(10) < (growing ? 8 : 2)) {
                    editor.put(key, commit);
                    model.put(key.text(), commit);
                } else {
                    editor.remove(key);
                    model.remove(key.text());
                }
            }
            tree = editor.done();
            assertThat(tree.size()).isEqualTo(model.size());
        }

        assertThat(all(tree, "/")).isEqualTo(List.copyOf(model.entrySet()));
        for (int i = 0; i < 50; i++) {
            Key from = key(random.nextInt(keys));
            assertThat(all(tree, from.text()))
                    .isEqualTo(List.copyOf(model.tailMap(from.text()).entrySet()));
            assertThat(tree.get(from).map(v -> (Object) v))
                    .isEqualTo(Optional.ofNullable(model.get(from.text())));
        }
    }

    /// Keys of all lengths that begin alike, differ at any place, and are each other's beginning.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void keys_that_begin_alike_are_told_apart(long seed) {
        Random random = new Random(seed);
        NavigableMap<String, Integer> model = new TreeMap<>();
        Tree<Integer> tree = Tree.empty();
        for (int commit = 0; commit < 60; commit++) {
            Tree.Editor<Integer> editor = tree.edit();
            for (int i = 0; i < 100; i++) {
                Key key = Key.of(alike(random, 2), alike(random, 3), alike(random, 30));
                if (random.nextInt(10) < (commit < 40 ? 8 : 2)) {
                    editor.put(key, commit);
                    model.put(key.text(), commit);
                } else {
                    editor.remove(key);
                    model.remove(key.text());
                }
            }
            tree = editor.done();
        }

        assertThat(all(tree, "/")).isEqualTo(List.copyOf(model.entrySet()));
        for (int i = 0; i < 200; i++) {
            Key from = Key.of(alike(random, 2), alike(random, 3), alike(random, 30));
            assertThat(all(tree, from.text()))
                    .isEqualTo(List.copyOf(model.tailMap(from.text()).entrySet()));
            assertThat(tree.get(from).map(v -> (Object) v))
                    .isEqualTo(Optional.ofNullable(model.get(from.text())));
        }
    }

    /// Mostly the same letter.
    private static String alike(Random random, int longest) {
        return random.ints(1 + random.nextInt(longest), 0, 40)
                .mapToObj(i -> i == 0 ? "!" : i == 1 ? "~" : "a")
                .collect(Collectors.joining());
    }

    @Test
    void whoever_holds_a_tree_holds_that_state() {
        Tree<Integer> before = filled(1_000);
        List<Map.Entry<String, Integer>> seen = all(before, "/");

        Tree.Editor<Integer> editor = before.edit();
        IntStream.range(0, 1_000).forEach(i -> editor.remove(key(i)));
        editor.put(key(5), -1);
        Tree<Integer> after = editor.done();

        assertThat(all(before, "/")).isEqualTo(seen);
        assertThat(all(after, "/")).containsExactly(Map.entry(key(5).text(), -1));
    }

    @Test
    void a_visit_ends_when_the_visitor_says_so() {
        List<Key> visited = new ArrayList<>();

        filled(1_000)
                .from(
                        key(10).text(),
                        (key, _) -> {
                            visited.add(key);
                            return visited.size() < 3;
                        });

        assertThat(visited).containsExactly(key(10), key(11), key(12));
    }

    private static Tree<Integer> filled(int count) {
        Tree.Editor<Integer> editor = Tree.<Integer>empty().edit();
        IntStream.range(0, count).forEach(i -> editor.put(key(i), i));
        return editor.done();
    }

    private static List<Map.Entry<String, Integer>> all(Tree<Integer> tree, String from) {
        List<Map.Entry<String, Integer>> all = new ArrayList<>();
        tree.from(from, (key, value) -> all.add(Map.entry(key.text(), value)));
        return all;
    }

    private static Key key(int number) {
        return Key.of("t", "n", "%06d".formatted(number));
    }

    /// Each commit makes a tree; a node that is never edited again must not keep the one it was
    /// made for.
    @Test
    void an_old_tree_goes_when_nobody_holds_it() {
        Tree<String> tree = Tree.<String>empty();
        Tree.Editor<String> first = tree.edit();
        for (int i = 0; i < 1_000; i++) {
            first.put(key(i), "old");
        }
        tree = first.done();
        WeakReference<Tree<String>> old = new WeakReference<>(tree);
        WeakReference<Tree.Editor<String>> editor = new WeakReference<>(first);
        first = tree.edit();
        first.put(key(1), "new");
        tree = first.done();

        System.gc();

        assertThat(old.get()).isNull();
        assertThat(editor.get()).isNull();
        assertThat(tree.get(key(2))).contains("old");
    }
}
