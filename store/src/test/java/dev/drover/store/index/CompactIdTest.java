package dev.drover.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CompactIdTest {
    @Test
    void any_text_comes_back_as_it_was() {
        String number = "00e9a1b2-ffff-4c3d-8000-0123456789ab";

        for (String text :
                List.of(
                        number,
                        number.toUpperCase(java.util.Locale.ROOT),
                        number.replace('-', '0'),
                        "0" + number.substring(1, 8) + "+" + number.substring(9),
                        number.substring(1),
                        "g" + number.substring(1),
                        "\u0661" + number.substring(1), // a digit, but not of ours
                        "",
                        "web.0")) {
            assertThat(CompactId.of(text).text()).isEqualTo(text);
        }
        assertThat(CompactId.of(number)).isInstanceOf(CompactId.Uuid.class);
    }

    @Test
    void the_order_is_that_of_the_texts() {
        Random random = new Random(3);
        List<String> texts = new ArrayList<>(List.of("", "a", "z", "80000000", "~"));
        for (int i = 0; i < 200; i++) {
            texts.add(new UUID(random.nextLong(), random.nextLong()).toString());
        }

        List<CompactId> ids = new ArrayList<>(texts.stream().map(CompactId::of).toList());
        ids.sort(null);

        texts.sort(null);
        assertThat(ids).extracting(CompactId::text).containsExactlyElementsOf(texts);
    }
}
