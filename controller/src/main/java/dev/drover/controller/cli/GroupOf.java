package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Type;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.model.TaskGroup;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// `JOB` or `JOB/GROUP` as people type it. Names of jobs may have slashes in them: a job of the
/// whole name goes before a group.
///
/// @param group when one is named
record GroupOf(Job job, Optional<String> group) {

    static GroupOf typed(String typed, Invocation invocation) throws IOException, CommandFailure {
        Client client = invocation.client();
        Optional<Job> whole =
                client.find(Type.JOBS, new ResourceName(invocation.namespace(), typed));
        int slash = typed.lastIndexOf('/');
        if (whole.isPresent() || slash < 0) {
            return new GroupOf(
                    whole.isPresent()
                            ? whole.get()
                            : new Lookup(client, invocation.namespace()).job(typed),
                    Optional.empty());
        }
        return new GroupOf(
                new Lookup(client, invocation.namespace()).job(typed.substring(0, slash)),
                Optional.of(typed.substring(slash + 1)));
    }

    /// The group that is meant: the only one when none is named.
    TaskGroup one() throws CommandFailure {
        List<TaskGroup> groups = job.spec().groups();
        Optional<TaskGroup> found =
                group.isPresent()
                        ? job.spec().group(group.get())
                        : groups.stream().findFirst().filter(_ -> groups.size() == 1);
        String name = job.metadata().name();
        return found.orElseThrow(() ->
                new CommandFailure(
                        group.map(g -> "job \"" + name + "\" has no group \"" + g + "\"")
                                .orElse("job \"" + name + "\" has several groups"),
                        "they are "
                                + String.join(", ", groups.stream().map(TaskGroup::name).toList()),
                        "write " + name + "/GROUP"));
    }
}
