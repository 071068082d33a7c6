package dev.drover.reconcilers.placement;

/// One change that would give a copy a place on a node: the scheduler was asked whether it would.
public sealed interface Help {
    /// What somebody would have to do, in a sentence.
    String text();

    /// The job asks for less of one resource.
    record AskLess(String resource, String unit, long from, long to, String node) implements Help {
        @Override
        public String text() {
            return "lower %s from %d to %s: then it fits on %s"
                    .formatted(resource, from, Refusal.amount(to, unit), node);
        }
    }

    /// The node takes new allocations again.
    record OpenNode(String node) implements Help {
        @Override
        public String text() {
            return "make " + node + " eligible for new allocations: then it fits there";
        }
    }

    /// A drain of the node ends.
    record EndDrain(String node) implements Help {
        @Override
        public String text() {
            return "end the drain of " + node + ": then it fits there";
        }
    }

    /// Nobody holds the node any more.
    record Release(String node) implements Help {
        @Override
        public String text() {
            return "release " + node + ", which is held as it is: then it fits there";
        }
    }

    /// The job may run in one more datacenter.
    record AddDatacenter(String datacenter, String node) implements Help {
        @Override
        public String text() {
            return "add %s to the job's datacenters: then it fits on %s"
                    .formatted(datacenter, node);
        }
    }

    /// The job asks for another pool.
    record OtherPool(String pool, String node) implements Help {
        @Override
        public String text() {
            return "set the job's node_pool to %s: then it fits on %s".formatted(pool, node);
        }
    }

    /// The job no longer insists.
    record DropConstraint(String constraint, String node) implements Help {
        @Override
        public String text() {
            return "drop the constraint " + constraint + ": then it fits on " + node;
        }
    }

    /// Another allocation ends.
    ///
    /// @param title job, group and index of the other one
    record StopOther(String title, String node) implements Help {
        @Override
        public String text() {
            return "stop " + title + " on " + node + ": then it fits there";
        }
    }

    /// There is one more node, like one that there is but as large as a copy asks for.
    record AddNode(String like, int cpu, int memoryMib, int diskMib) implements Help {
        @Override
        public String text() {
            return "add a node like %s with %d MHz, %d MiB of memory and %d MiB of disk free"
                    .formatted(like, cpu, memoryMib, diskMib);
        }
    }
}
