package dev.drover.store.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.manifests.model.Exit;
import dev.drover.manifests.model.JobVersion;
import dev.drover.manifests.model.OwnerReference;
import dev.drover.manifests.model.TaskState;
import dev.drover.store.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CodecTest {
    private static final Path GOLDEN =
            Path.of("src/test/resources/dev/drover/store/typed/codec.golden");

    private final Codec codec = new Codec(FieldIds.standard(), Records.ROOTS);

    @ParameterizedTest
    @MethodSource("types")
    void every_record_comes_back_as_it_was(Class<? extends Record> type) {
        for (Record record : List.of(Samples.full(type), Samples.bare(type))) {
            Bytes bytes = codec.encode(new Stored<>(record, Bytes.EMPTY));

            assertThat(codec.decode(type, bytes)).isEqualTo(new Stored<>(record, Bytes.EMPTY));
        }
    }

    /// What was stored once must be readable for ever: a changed line here is a broken cluster.
    @Test
    void bytes_are_those_of_the_golden_file() throws IOException {
        Map<String, String> lines = new TreeMap<>();
        for (Class<? extends Record> type : types()) {
            lines.put(FieldIds.nameOf(type) + " full", hex(Samples.full(type)));
            lines.put(FieldIds.nameOf(type) + " bare", hex(Samples.bare(type)));
        }
        StringBuilder text = new StringBuilder();
        lines.forEach((name, hex) -> text.append(name).append(' ').append(hex).append('\n'));
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(GOLDEN, text);
        }

        assertThat(text.toString()).isEqualTo(Files.readString(GOLDEN));
    }

    private String hex(Record record) {
        return HexFormat.of().formatHex(codec.encode(new Stored<>(record, Bytes.EMPTY)).toArray());
    }

    @Test
    void fields_of_a_newer_program_are_kept() {
        OwnerReference owner = (OwnerReference) Samples.full(OwnerReference.class);
        Sink newer = new Sink();
        newer.raw(codec.encode(new Stored<>(owner, Bytes.EMPTY)).buffer());
        Sink unknown = new Sink();
        unknown.unsigned((100 << 1) | RecordWriter.PART);
        unknown.text("later");
        unknown.unsigned((101 << 1) | RecordWriter.NUMBER);
        unknown.unsigned(7);
        newer.raw(unknown.bytes().buffer());

        Stored<OwnerReference> read = codec.decode(OwnerReference.class, newer.bytes());

        assertThat(read.value()).isEqualTo(owner);
        assertThat(read.unknown()).isEqualTo(unknown.bytes());
        assertThat(codec.encode(read)).isEqualTo(newer.bytes());
    }

    @Test
    void a_union_keeps_its_variant() {
        TaskState state = (TaskState) Samples.bare(TaskState.class);
        TaskState killed =
                new TaskState(
                        state.phase(),
                        true,
                        2,
                        Optional.of(new Exit.Signal(9)),
                        state.started(),
                        state.finished(),
                        List.of());

        Bytes bytes = codec.encode(new Stored<>(killed, Bytes.EMPTY));

        assertThat(codec.decode(TaskState.class, bytes).value()).isEqualTo(killed);
    }

    @Test
    void bytes_cut_anywhere_never_read_as_something_else_without_an_error() {
        Record full = Samples.full(JobVersion.class);
        byte[] bytes = codec.encode(new Stored<>(full, Bytes.EMPTY)).toArray();
        for (int length = 0; length < bytes.length; length++) {
            Bytes cut = Bytes.copyOf(Arrays.copyOf(bytes, length));
            try {
                assertThat(codec.decode(JobVersion.class, cut).value()).isNotEqualTo(full);
            } catch (IllegalStateException refused) {
                assertThat(refused).hasMessageNotContaining("null");
            }
        }
    }

    @Test
    void another_format_is_refused() {
        assertThatThrownBy(() -> codec.decode(OwnerReference.class, Bytes.copyOf(new byte[] {9})))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("format 9");
    }

    /// Every record that is stored or part of one.
    static Set<Class<? extends Record>> types() {
        Set<Class<? extends Record>> types = new TreeSet<>(Comparator.comparing(FieldIds::nameOf));
        FieldIdsTest.walk(
                Records.ROOTS,
                (type, _) -> {
                    if (type.isRecord()) {
                        types.add(type.asSubclass(Record.class));
                    }
                });
        return types;
    }
}
