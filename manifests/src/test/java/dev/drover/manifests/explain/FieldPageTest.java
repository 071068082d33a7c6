package dev.drover.manifests.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.shape.FieldDocs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldPageTest {
    private static final FieldPage PAGES = new FieldPage(FieldDocs.read());

    @Test
    void a_field_says_what_it_is_what_it_holds_and_what_absence_means() {
        assertThat(page("job.group.update.max_parallel"))
                .isEqualTo(
                        """
                        job.group.update.max_parallel  <whole number>

                          copies that are replaced at once; 0 for all, without a deployment
                          YAML and JSON: maxParallel, HCL: max_parallel
                          when absent: 1
                        """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "job.group.update",
                "job.spec.groups.update",
                "jobs.TaskGroups.update",
                "Job.groups.UPDATE"
            })
    void a_way_may_be_written_as_in_any_syntax(String way) {
        assertThat(page(way)).contains("How a new version replaces the old one.", "canary");
    }

    @Test
    void what_depends_on_the_type_of_the_job_says_so() {
        assertThat(page("job.group.restart.attempts"))
                .contains("when absent: 2 (service, system), 3 (batch, sysbatch)");
    }

    @Test
    void drivers_have_pages() {
        assertThat(page("driver.exec")).contains("capAdd | cap_add  <list of text>");
        assertThat(page("driver.jail.vnet")).contains("`true`, `new` or `inherit`");
    }

    @Test
    void a_misspelt_step_is_answered_with_the_nearest() {
        assertThat(PAGES.of("job.group.updat"))
                .isEqualTo(
                        new FieldPage.Answer.Nothing(
                                "there is no \"updat\" in job.group", "did you mean update?"));
        assertThat(PAGES.of("jbo"))
                .isEqualTo(
                        new FieldPage.Answer.Nothing(
                                "there is no kind \"jbo\"", "did you mean job?"));
        assertThat(PAGES.of("job.priority.x"))
                .isEqualTo(new FieldPage.Answer.Nothing("job.priority has no fields", ""));
    }

    private static String page(String way) {
        return switch (PAGES.of(way)) {
            case FieldPage.Answer.Page(String text) -> text;
            case FieldPage.Answer.Nothing(String what, String fix) ->
                    throw new AssertionError(what + ": " + fix);
        };
    }
}
