package dev.drover.node.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.CheckStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CheckLifeTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Outcome GOOD = Outcome.passing("200 OK");
    private static final Outcome BAD = Outcome.critical("refused");
    private static final Outcome FAIR = Outcome.warning("busy");

    private static PlannedCheck check(int success, int failures, int limit) {
        return new PlannedCheck(
                "0-0",
                "up",
                new Probe.Tcp("127.0.0.1", 1),
                new PlannedCheck.Pace(
                        Duration.ofSeconds(1), Duration.ofSeconds(1), success, 0, failures),
                CheckStatus.PENDING,
                Set.of("t"),
                PlannedCheck.Heeded.PASSING,
                limit == 0
                        ? Optional.empty()
                        : Optional.of(
                                new PlannedCheck.RestartRule(
                                        "t", limit, Duration.ofSeconds(3), false)));
    }

    /// What it says after these outcomes, one a second, the first at noon.
    private static CheckLife.Step after(PlannedCheck check, Outcome... outcomes) {
        CheckLife.Step step = new CheckLife.Step(CheckMemory.begun(check, NOON, NOON), false);
        for (int i = 0; i < outcomes.length; i++) {
            step = CheckLife.next(check, step.memory(), outcomes[i], NOON.plusSeconds(i));
        }
        return step;
    }

    private static CheckStatus status(PlannedCheck check, Outcome... outcomes) {
        return after(check, outcomes).memory().status();
    }

    @Test
    void says_what_it_finds_when_nothing_else_is_asked_for() {
        PlannedCheck check = check(0, 0, 0);

        assertThat(status(check)).isEqualTo(CheckStatus.PENDING);
        assertThat(status(check, GOOD)).isEqualTo(CheckStatus.PASSING);
        assertThat(status(check, GOOD, BAD)).isEqualTo(CheckStatus.CRITICAL);
        assertThat(status(check, GOOD, FAIR)).isEqualTo(CheckStatus.WARNING);
    }

    @Test
    void changes_its_mind_only_after_that_many_alike() {
        PlannedCheck check = check(2, 3, 0);

        assertThat(status(check, GOOD)).isEqualTo(CheckStatus.PENDING);
        assertThat(status(check, GOOD, GOOD)).isEqualTo(CheckStatus.PASSING);
        assertThat(status(check, GOOD, GOOD, BAD, BAD, GOOD)).isEqualTo(CheckStatus.PASSING);
        assertThat(status(check, GOOD, GOOD, BAD, BAD, BAD)).isEqualTo(CheckStatus.CRITICAL);
        assertThat(status(check, GOOD, GOOD, BAD, BAD, BAD, GOOD)).isEqualTo(CheckStatus.CRITICAL);
    }

    @Test
    void remembers_since_when_and_by_what_it_was_told() {
        CheckMemory memory = after(check(0, 0, 0), GOOD, BAD, BAD).memory();

        assertThat(memory.since()).isEqualTo(NOON.plusSeconds(1));
        assertThat(memory.output()).isEqualTo("refused");
    }

    @Test
    void restarts_its_task_after_as_many_bad_words_as_the_rule_says_but_not_in_its_grace() {
        PlannedCheck check = check(0, 0, 2); // grace until the fourth second

        assertThat(after(check, BAD, BAD, BAD).restart()).isFalse();
        assertThat(after(check, BAD, BAD, BAD, BAD).restart()).isFalse();
        assertThat(after(check, BAD, BAD, BAD, BAD, BAD).restart()).isTrue();
        assertThat(after(check, BAD, BAD, BAD, BAD, GOOD, BAD).restart()).isFalse();
    }
}
