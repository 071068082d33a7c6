package dev.drover.reconcilers.placement;

import dev.drover.manifests.model.Constraint;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.Task;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.model.VolumeRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// What a group asks of a node that does not change from one copy to the next. Groups that ask the
/// same are looked up once.
///
/// @param pool `all` for every pool
/// @param constraints of job, group and tasks, without those that look at other copies
record Where(
        String pool,
        List<String> datacenters,
        SortedSet<String> drivers,
        List<VolumeRequest> volumes,
        List<Constraint> constraints) {

    static Where of(JobSpec job, TaskGroup group) {
        SortedSet<String> drivers = new TreeSet<>();
        group.tasks().forEach(task -> drivers.add(task.driver()));
        return new Where(
                job.nodePool().orElse("default"),
                job.datacenters(),
                drivers,
                group.volumes(),
                constraints(job, group).stream()
                        .filter(constraint -> !operator(constraint).startsWith("distinct_"))
                        .toList());
    }

    /// The same, or in this datacenter.
    Where orIn(String datacenter) {
        List<String> more = new ArrayList<>(datacenters);
        more.add(datacenter);
        return new Where(pool, more, drivers, volumes, constraints);
    }

    /// The same of another pool.
    Where inPool(String other) {
        return new Where(other, datacenters, drivers, volumes, constraints);
    }

    /// The same under other constraints.
    Where withConstraints(List<Constraint> others) {
        return new Where(pool, datacenters, drivers, volumes, others);
    }

    /// The constraints of the job, the group and its tasks, in this order.
    static List<Constraint> constraints(JobSpec job, TaskGroup group) {
        List<Constraint> all = new ArrayList<>(job.constraints());
        all.addAll(group.constraints());
        for (Task task : group.tasks()) {
            all.addAll(task.constraints());
        }
        return all;
    }

    static String operator(Constraint constraint) {
        return constraint.operator().orElse("=");
    }
}
