package dev.drover.node.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.manifests.wire.FromNode;
import dev.drover.manifests.wire.FromNode.Fetch;
import dev.drover.node.files.Input;
import dev.drover.node.link.Arrivals.Arrival;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class ArrivalsTest {
    private static final Fetch WISH = new Fetch("default", "a-2");
    private static final Input NOTHING = Input.Piece.End::new;

    private final Arrivals arrivals = new Arrivals();
    private final List<FromNode> asked = new ArrayList<>();

    /// A link over which a server does this when it is asked.
    private void linked(Consumer<FromNode> answering) {
        arrivals.linked(message -> {
            asked.add(message);
            Thread.ofVirtual().start(() -> answering.accept(message));
        });
    }

    private void answer(Optional<String> refused, Input input) {
        try {
            arrivals.take("a-2", refused, input);
        } catch (IOException | InterruptedException e) {
            // The server hears of it, and the one that waits too.
        }
    }

    private Arrival arrives(Arrivals.Taking taking) throws InterruptedException {
        return arrivals.await(WISH, taking, () -> false);
    }

    @Test
    void what_comes_is_whole_when_it_was_taken() throws Exception {
        linked(_ -> answer(Optional.empty(), NOTHING));

        assertThat(arrives(Input::next)).isEqualTo(new Arrival.Whole());
        assertThat(asked).containsExactly(WISH);
    }

    @Test
    void a_refusal_and_a_failure_say_why() throws Exception {
        linked(_ -> answer(Optional.of("its node is not connected"), NOTHING));
        assertThat(arrives(Input::next))
                .isEqualTo(new Arrival.Nothing("its node is not connected"));

        linked(_ -> answer(Optional.empty(), NOTHING));
        Arrivals.Taking full =
                _ -> {
                    throw new IOException("No space left on device");
                };
        assertThat(arrives(full)).isEqualTo(new Arrival.Nothing("No space left on device"));
    }

    @Test
    void what_the_server_gives_up_does_not_count() throws Exception {
        linked(_ ->
                answer(
                        Optional.empty(),
                        () -> {
                            throw new InterruptedException();
                        }));

        assertThat(arrives(Input::next))
                .isEqualTo(
                        new Arrival.Nothing(
                                "the server gave it up before all of it was here: its node is gone,"
                                        + " or could not read it"));
    }

    @Test
    void what_ends_with_its_link_is_asked_for_on_the_next_one() throws Exception {
        linked(_ ->
                answer(
                        Optional.empty(),
                        () -> {
                            arrivals.unlinked();
                            linked(_ -> answer(Optional.empty(), NOTHING));
                            throw new InterruptedException();
                        }));

        assertThat(arrives(Input::next)).isEqualTo(new Arrival.Whole());
        assertThat(asked).containsExactly(WISH, WISH);
    }

    @Test
    void the_next_link_is_asked_again() throws Exception {
        linked(_ -> {
            arrivals.unlinked();
            linked(_ -> answer(Optional.empty(), NOTHING));
        });

        assertThat(arrives(Input::next)).isEqualTo(new Arrival.Whole());
        assertThat(asked).containsExactly(WISH, WISH);
    }

    @Test
    void nobody_waits_in_vain() throws Exception {
        assertThat(arrivals.await(WISH, Input::next, () -> true))
                .isInstanceOf(Arrival.Nothing.class);
    }

    @Test
    void what_nobody_waits_for_is_not_taken() {
        assertThatThrownBy(() -> arrivals.take("a-2", Optional.empty(), NOTHING))
                .hasMessage("allocation a-2 does not wait for data");
    }
}
