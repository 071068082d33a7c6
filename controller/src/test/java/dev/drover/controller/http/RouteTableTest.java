package dev.drover.controller.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouteTableTest {
    private static final Endpoint NOTHING = _ -> Answer.text("");

    private final Route exact = new Route("GET", "/a/b", "", NOTHING);
    private final Route open = new Route("GET", "/a/{x}", "", NOTHING);
    private final Route put = new Route("PUT", "/a/{x}", "", NOTHING);
    private final RouteTable table = new RouteTable(List.of(exact, open, put));

    @Test
    void the_first_row_that_fits_wins() {
        assertThat(table.match("GET", "/a/b"))
                .isEqualTo(new RouteTable.Match.Found(exact, Map.of()));
        assertThat(table.match("GET", "/a/c"))
                .isEqualTo(new RouteTable.Match.Found(open, Map.of("x", "c")));
    }

    @Test
    void an_encoded_slash_stays_within_its_segment() {
        assertThat(table.match("PUT", "/a/b%2Fc+d"))
                .isEqualTo(new RouteTable.Match.Found(put, Map.of("x", "b/c+d")));
    }

    @Test
    void says_which_methods_a_path_takes() {
        assertThat(table.match("DELETE", "/a/c"))
                .isInstanceOfSatisfying(
                        RouteTable.Match.OtherMethod.class,
                        other -> assertThat(other.allowed()).containsExactly("GET", "HEAD", "PUT"));
    }

    @Test
    void who_asks_for_the_head_alone_asks_for_what_is_got() {
        assertThat(table.match("HEAD", "/a/b"))
                .isEqualTo(new RouteTable.Match.Found(exact, Map.of()));
    }

    @Test
    void no_row_fits_a_longer_or_shorter_path() {
        assertThat(table.match("GET", "/a")).isInstanceOf(RouteTable.Match.Nowhere.class);
        assertThat(table.match("GET", "/a/b/c")).isInstanceOf(RouteTable.Match.Nowhere.class);
    }

    /// What begins with nothing is everything.
    @Test
    void nothing_is_no_name() {
        var deep = new RouteTable(List.of(new Route("GET", "/a/{x}/logs", "", NOTHING)));

        assertThat(deep.match("GET", "/a//logs")).isInstanceOf(RouteTable.Match.Nowhere.class);
    }

    @Test
    void refuses_broken_escapes() {
        assertThat(table.match("GET", "/a/%zz")).isInstanceOf(RouteTable.Match.Malformed.class);
    }
}
