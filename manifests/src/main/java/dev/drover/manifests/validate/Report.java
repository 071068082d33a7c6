package dev.drover.manifests.validate;

import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Path;
import dev.drover.manifests.tree.Places;
import dev.drover.manifests.tree.Position;
import dev.drover.manifests.tree.Problem;
import dev.drover.manifests.tree.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Takes down what rules find, at the place where the field was written.
public final class Report {
    private final Optional<Source> source;
    private final Places places;
    private final List<Problem> problems = new ArrayList<>();

    private Report(Optional<Source> source, Places places) {
        this.source = source;
        this.places = places;
    }

    /// For a job that somebody wrote.
    public static Report of(Source source, Places places) {
        return new Report(Optional.of(source), places);
    }

    /// For a job that comes from a program: problems have no place.
    public static Report withoutPlaces() {
        return new Report(Optional.empty(), new Places(Position.START));
    }

    /// One problem of the field at `path`; `why` and `fix` may be empty.
    void add(Code code, Path path, String what, String why, String fix) {
        String title = places.title(path);
        String text = title.isEmpty() ? what : title + ": " + what;
        Optional<Problem.Place> place = source.map(from -> Problem.Place.of(from, places.of(path)));
        problems.add(new Problem(code, place, text, why, fix));
    }

    /// One problem whose `what` says it all.
    void add(Code code, Path path, String what, String fix) {
        add(code, path, what, "", fix);
    }

    /// The way to a block that a part may have from what is around it: its own, or the other one
    /// where only that was written.
    Path either(Path own, Path around) {
        boolean same = !places.has(own) || places.of(own).equals(places.of(around));
        return same && places.has(around) ? around : own;
    }

    /// Everything that was found, sorted by place. What several parts have from around them is
    /// wrong once.
    public List<Problem> problems() {
        return problems.stream().distinct().sorted(Problem.BY_PLACE).toList();
    }
}
