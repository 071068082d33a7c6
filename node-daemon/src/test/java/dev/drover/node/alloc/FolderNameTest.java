package dev.drover.node.alloc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class FolderNameTest {
    @Test
    void plain_names_stay() {
        assertThat(FolderName.of("web-1_a.b")).isEqualTo("web-1_a.b");
    }

    @Test
    void no_name_leads_anywhere_else_and_no_two_meet() {
        List<String> names =
                List.of(
                        "", ".", "..", "alloc", "../x", "/etc", "a/b", "a~b", "~alloc", "ü",
                        "a\0b");

        List<String> folders = names.stream().map(FolderName::of).toList();

        assertThat(folders).doesNotHaveDuplicates().allMatch(f -> f.matches("[A-Za-z0-9._~-]+"));
        assertThat(folders).doesNotContain(".", "..", "alloc");
    }
}
