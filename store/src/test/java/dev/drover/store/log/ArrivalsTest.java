package dev.drover.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.store.Revision;
import dev.drover.store.machine.Command;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private final Arrivals arrivals = new Arrivals();

    @Test
    void they_are_taken_in_the_order_in_which_they_came_behind_those_who_wait() {
        Deque<Ticket> queue = new ArrayDeque<>(List.of(ticket(1)));

        assertThat(arrivals.add(ticket(2))).as("nobody was there").isTrue();
        assertThat(arrivals.add(ticket(3))).isFalse();
        arrivals.takeInto(queue);

        assertThat(numbers(queue)).containsExactly(1L, 2L, 3L);
        assertThat(arrivals.isEmpty()).isTrue();
        assertThat(arrivals.add(ticket(4))).as("nobody is there again").isTrue();
    }

    @Test
    void none_is_lost_and_each_callers_keep_their_order_while_somebody_takes() throws Exception {
        int each = 20_000;
        Thread even = Thread.ofPlatform().start(() -> come(0, each));
        Thread odd = Thread.ofPlatform().start(() -> come(1, each));
        Deque<Ticket> taken = new ArrayDeque<>();
        while (taken.size() < 2 * each) {
            arrivals.takeInto(taken);
            Thread.onSpinWait();
        }
        even.join();
        odd.join();

        List<Long> numbers = numbers(taken);
        assertThat(numbers.stream().filter(n -> n % 2 == 0)).isSorted().hasSize(each);
        assertThat(numbers.stream().filter(n -> n % 2 == 1)).isSorted().hasSize(each);
    }

    private void come(int first, int count) {
        for (int i = 0; i < count; i++) {
            arrivals.add(ticket(first + 2L * i));
        }
    }

    private static Ticket ticket(long number) {
        return new Ticket(new Command.Compact(new Revision(number)));
    }

    private static List<Long> numbers(Deque<Ticket> tickets) {
        List<Long> numbers = new ArrayList<>();
        for (Ticket ticket : tickets) {
            if (ticket.command() instanceof Command.Compact(Revision to)) {
                numbers.add(to.number());
            }
        }
        return numbers;
    }
}
