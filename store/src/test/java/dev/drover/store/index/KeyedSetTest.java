package dev.drover.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class KeyedSetTest {
    private record Thing(int key, int value) {}

    @Test
    void does_what_a_tree_map_does() {
        SplittableRandom random = new SplittableRandom(7);
        TreeMap<Integer, Thing> model = new TreeMap<>();
        KeyedSet<Integer, Thing> set = KeyedSet.empty(Thing::key);

        for (int step = 0; step < 60_000; step++) {
            int key = random.nextInt(step < 40_000 ? 9_000 : 300);
            if (random.nextInt(step < 30_000 ? 4 : 2) == 0) {
                model.remove(key);
                set = set.without(key);
            } else {
                model.put(key, new Thing(key, step));
                set = set.with(new Thing(key, step));
            }
            assertThat(set.get(key)).isEqualTo(Optional.ofNullable(model.get(key)));
            assertThat(set.size()).isEqualTo(model.size());
        }

        assertThat(set).containsExactlyElementsOf(model.values());
        for (int key : List.copyOf(model.keySet())) {
            set = set.without(key);
        }
        assertThat(set.isEmpty()).isTrue();
        assertThat(set).isEmpty();
        assertThat(set.with(new Thing(1, 1))).containsExactly(new Thing(1, 1));
    }

    @Test
    void whoever_puts_something_in_hears_what_it_replaces() {
        KeyedSet<Integer, Thing> empty = KeyedSet.empty(Thing::key);
        KeyedSet.After<Integer, Thing> first = empty.put(new Thing(1, 1));
        KeyedSet.After<Integer, Thing> second = first.set().put(new Thing(1, 2));

        assertThat(first.replaced()).isEmpty();
        assertThat(second.replaced()).contains(new Thing(1, 1));
        assertThat(second.set()).containsExactly(new Thing(1, 2)).hasSize(1);
    }

    @Test
    void an_older_set_does_not_see_what_came_later() {
        KeyedSet<Integer, Thing> before =
                KeyedSet.<Integer, Thing>empty(Thing::key).with(new Thing(1, 1));

        KeyedSet<Integer, Thing> after = before.with(new Thing(2, 2)).without(1);

        assertThat(before).containsExactly(new Thing(1, 1));
        assertThat(after).containsExactly(new Thing(2, 2));
    }

    @Test
    void neighbours_stand_beside_the_place() {
        KeyedSet<Integer, Thing> set = KeyedSet.empty(Thing::key);
        assertThat(set.near(5, 4)).isEmpty();
        for (int i = 0; i < 10; i++) {
            set = set.with(new Thing(i * 10, i));
        }

        assertThat(set.near(45, 4)).extracting(Thing::key).containsExactly(30, 40, 50, 60);
        assertThat(set.near(99, 4)).extracting(Thing::key).containsExactly(60, 70, 80, 90);
    }
}
