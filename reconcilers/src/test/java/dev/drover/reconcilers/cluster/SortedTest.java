package dev.drover.reconcilers.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SortedTest {
    @Test
    void does_what_a_tree_map_does() {
        SplittableRandom random = new SplittableRandom(7);
        TreeMap<Integer, Integer> model = new TreeMap<>();
        Sorted<Integer, Integer> map = Sorted.empty();

        for (int step = 0; step < 20_000; step++) {
            int key = random.nextInt(500);
            if (random.nextInt(3) == 0) {
                model.remove(key);
                map = map.without(key);
            } else {
                model.put(key, step);
                map = map.with(key, step);
            }
            assertThat(map.get(key)).isEqualTo(Optional.ofNullable(model.get(key)));
            assertThat(map.size()).isEqualTo(model.size());
        }

        assertThat(map).containsExactlyElementsOf(model.values());
        for (int key = -1; key <= 500; key++) {
            assertThat(map.from(key)).containsExactlyElementsOf(model.tailMap(key).values());
        }
    }

    @Test
    void an_older_map_does_not_see_what_came_later() {
        Sorted<Integer, String> before = Sorted.<Integer, String>empty().with(1, "one");

        Sorted<Integer, String> after = before.with(2, "two").without(1);

        assertThat(before).containsExactly("one");
        assertThat(after).containsExactly("two");
    }

    @Test
    void a_million_keys_in_order_keep_it_shallow() {
        Sorted<Integer, Integer> map = Sorted.empty();
        for (int i = 0; i < 1_000_000; i++) {
            map = map.with(i, i);
        }

        assertThat(map.height()).isLessThanOrEqualTo(29); // 1.44 log2 n
    }
}
