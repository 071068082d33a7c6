package dev.drover.store.typed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextsTest {
    private final RecordReader.Texts texts = new RecordReader.Texts();

    @Test
    void the_same_text_is_the_same_object() {
        String first = texts.shared("node-" + 1);

        assertThat(texts.shared("node-" + 1)).isSameAs(first);
        assertThat(texts.shared("node-" + 2)).isEqualTo("node-2");
    }

    @Test
    void however_many_texts_come_each_is_what_it_was() {
        for (int i = 0; i < 100_000; i++) {
            assertThat(texts.shared("text-" + i)).isEqualTo("text-" + i);
        }
    }
}
