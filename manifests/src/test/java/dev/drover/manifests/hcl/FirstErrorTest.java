package dev.drover.manifests.hcl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.Manifests;
import dev.drover.manifests.Read;
import dev.drover.manifests.Syntax;
import dev.drover.manifests.tree.Problem;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which line is named where there is room for one: the one that HCL's own parser names first. The
/// lines are what hcl/v2 said about these texts; `;` stands for a line break.
class FirstErrorTest {

    @ParameterizedTest
    @CsvSource(
            delimiterString = "->",
            quoteCharacter = '`',
            value = {
                "a = b[ 'x';c = [1]];d = 2; -> 2", // the index takes the next closing bracket
                "a = b[ 'x';c = 1; -> 3",
                "a = b[* 'x';c = 1; -> 3",
                "a = [;  1,;  2,;  -> 4",
                "a = [;  1,;  2 -> 1",
                "a = {;  b = 1; -> 3",
                "a = {;  b -> 1",
                "a {;  b = 1;  b = 2;};c d = 1; -> 3",
                "a = 1 2;b = 'c;d = 1; -> 2", // what is no text at all comes before what is no HCL
                "a = 1 2;b = 'c\\;d = 1; -> 2",
                "a = 1 2;b = “c”; -> 2",
                "a = 1 2;b = 'c'$; -> 2",
                "a = <<E;%{;name;E; -> 3",
                "a = <<E;${ 1;;E; -> 4",
                "a { b 'c' {;  d = 1;};};;e = 1; -> 1",
                "a { b 'c' {;  d = 1;};;e = 1;}; -> 4", // the empty line
                "a { b = 1;;c = 2;}; -> 1",
                "a = '${ 1 'c'; -> 1",
                "a = '${ 1;}${;'; -> 3",
                "variable 'x' {};jab 'y' {}; -> 2", // what stands at the top, then its variables
                "variable 'x' {};variable 'y' {;  type = foo;}; -> 3",
                "variable 'x' {;  type = foo;};jab 'y' {}; -> 4",
                "job 'x' {;  foo = 1;};variable 'y' {}; -> 4", // without it, more may be wrong
            })
    void it_is_the_one_of_hcl(String written, int line) {
        String text = written.replace(';', '\n').replace('\'', '"');

        assertThat(Manifests.read(text, "x.hcl", Syntax.HCL, Inputs.none()))
                .isInstanceOfSatisfying(
                        Read.Problems.class,
                        problems -> assertThat(line(problems.first())).isEqualTo(line));
    }

    private static int line(Problem problem) {
        return problem.place().orElseThrow().position().line();
    }
}
