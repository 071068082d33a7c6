package dev.drover.node.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.wire.FromNode;
import dev.drover.manifests.wire.FromNode.Ask;
import dev.drover.manifests.wire.Inquiry;
import dev.drover.manifests.wire.Knowledge;
import dev.drover.manifests.wire.ToNode.Told;
import dev.drover.node.link.Inquiries.Asker;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class InquiriesTest {
    private static final Asker WEB = new Asker("default", "a-1", "web");
    private static final Inquiry SERVICE = new Inquiry.Service("db");
    private static final Knowledge NONE = new Knowledge.Instances(List.of());

    private final Set<String> here = new HashSet<>(Set.of("a-1"));
    private final Inquiries inquiries = new Inquiries(here::contains);
    private final List<Ask> asked = new ArrayList<>();

    /// A link over which a server answers so.
    private void linked(Consumer<Ask> answering) {
        inquiries.linked((FromNode message) -> {
            asked.add((Ask) message);
            Thread.ofVirtual().start(() -> answering.accept((Ask) message));
        });
    }

    private void linked(Knowledge answer) {
        linked(ask -> inquiries.told(new Told(ask.question(), answer)));
    }

    @Test
    void what_is_asked_again_is_known() throws Exception {
        linked(NONE);

        assertThat(inquiries.ask(WEB, SERVICE)).contains(NONE);
        assertThat(inquiries.ask(WEB, SERVICE)).contains(NONE);

        assertThat(asked).hasSize(1);
    }

    @Test
    void the_newest_answer_counts() throws Exception {
        linked(NONE);
        inquiries.ask(WEB, SERVICE);

        Knowledge newer = new Knowledge.Denied("no more");
        inquiries.told(new Told(asked.getFirst().question(), newer));

        assertThat(inquiries.ask(WEB, SERVICE)).contains(newer);
    }

    @Test
    void without_a_server_the_last_answer_counts_and_nobody_waits() throws Exception {
        assertThat(inquiries.ask(WEB, SERVICE)).isEmpty();
        linked(NONE);
        assertThat(inquiries.ask(WEB, SERVICE)).contains(NONE);
        inquiries.unlinked();

        assertThat(inquiries.ask(WEB, SERVICE)).contains(NONE);
        assertThat(inquiries.ask(WEB, new Inquiry.Services())).isEmpty();
    }

    @Test
    void another_link_is_asked_what_still_stands() throws Exception {
        linked(NONE);
        inquiries.ask(WEB, SERVICE);
        inquiries.ask(new Asker("default", "a-2", "web"), SERVICE);
        inquiries.unlinked();
        asked.clear();

        linked(NONE);

        assertThat(asked).extracting(Ask::allocation).containsExactly("a-1");
    }

    @Test
    void an_answer_that_nobody_asked_for_is_nothing() throws Exception {
        inquiries.told(new Told(7, NONE));

        assertThat(inquiries.ask(WEB, SERVICE)).isEqualTo(Optional.empty());
    }
}
