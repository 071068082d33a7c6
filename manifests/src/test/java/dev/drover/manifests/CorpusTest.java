package dev.drover.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CorpusTest {
    @Test
    void every_real_job_file_reads_as_nomads_own_parser_reads_it() throws IOException {
        Optional<Corpus> corpus = Corpus.find();
        assumeTrue(corpus.isPresent(), "the corpus is not beside the project");

        var differences = corpus.get().differences(CorpusLines.of(corpus.get().root()));

        assertThat(differences).isEmpty();
    }

    @Test
    void nomads_own_json_of_every_real_job_reads_as_it_is_written() throws IOException {
        Optional<Corpus> corpus = Corpus.find();
        assumeTrue(corpus.isPresent(), "the corpus is not beside the project");

        assertThat(corpus.get().differencesOfJson()).isEmpty();
    }
}
