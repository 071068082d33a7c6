# What a jailed task may ask of the kernel: an allow-list. The names are those of the public default lists of Docker and containers-common,
# without io_uring (a rich source of holes) and without the ways to make namespaces or mounts.
#
#   allow NAME...                                  always
#   allow NAME when argument N & MASK OP VALUE     hexadecimal; OP is == or !=; several lines for one name: any of them
#   with CAPABILITY allow NAME...                  when the jail grants that capability
#   with FEATURE allow NAME...                     when the task asks for it and the node lets it
#   refuse ERRNO NAME...                           with this instead of EPERM
#
# A comparison sees the lower 32 bits, for the kernel takes these arguments as ints: with all 64 one could pass by bits above them.

# files
allow access chdir chmod chown close close_range copy_file_range creat dup dup2 dup3 faccessat faccessat2 fadvise64 fallocate
allow fanotify_mark fchdir fchmod fchmodat fchmodat2 fchown fchownat fcntl fdatasync fgetxattr flistxattr flock fremovexattr fsetxattr
allow fstat fstatfs fsync ftruncate futimesat getcwd getdents getdents64 getxattr getxattrat inotify_add_watch inotify_init inotify_init1
allow inotify_rm_watch ioctl lchown lgetxattr link linkat listxattr listxattrat llistxattr lremovexattr lseek lsetxattr lstat
allow mkdir mkdirat mknod mknodat name_to_handle_at newfstatat open openat openat2 pread64 preadv preadv2 pwrite64 pwritev pwritev2
allow read readahead readlink readlinkat readv removexattr removexattrat rename renameat renameat2 rmdir sendfile setxattr setxattrat
allow splice stat statfs statx symlink symlinkat sync sync_file_range syncfs tee truncate umask unlink unlinkat utime utimensat utimes
allow vmsplice write writev cachestat
# asynchronous input and output, polling
allow epoll_create epoll_create1 epoll_ctl epoll_ctl_old epoll_pwait epoll_pwait2 epoll_wait epoll_wait_old eventfd eventfd2
allow io_cancel io_destroy io_getevents io_pgetevents io_setup io_submit ioprio_get ioprio_set pipe pipe2 poll ppoll pselect6 select
# memory
allow brk madvise membarrier memfd_create memfd_secret mincore mlock mlock2 mlockall mmap mprotect mremap mseal msync munlock munlockall
allow munmap map_shadow_stack pkey_alloc pkey_free pkey_mprotect remap_file_pages
# processes, threads, signals
allow arch_prctl capget capset execve execveat exit exit_group fork futex futex_requeue futex_wait futex_waitv futex_wake
allow get_robust_list get_thread_area getcpu getegid geteuid getgid getgroups getpgid getpgrp getpid getppid getpriority getresgid
allow getresuid getrlimit getrusage getsid gettid getuid kill modify_ldt nanosleep pause pidfd_open pidfd_send_signal prctl prlimit64
allow process_mrelease process_vm_readv process_vm_writev ptrace restart_syscall rseq rt_sigaction rt_sigpending rt_sigprocmask
allow rt_sigqueueinfo rt_sigreturn rt_sigsuspend rt_sigtimedwait rt_tgsigqueueinfo sched_get_priority_max sched_get_priority_min
allow sched_getaffinity sched_getattr sched_getparam sched_getscheduler sched_rr_get_interval sched_setaffinity sched_setattr
allow sched_setparam sched_setscheduler sched_yield set_robust_list set_thread_area set_tid_address setfsgid setfsuid setgid setgroups
allow setpgid setpriority setregid setresgid setresuid setreuid setrlimit setsid setuid sigaltstack signalfd signalfd4 tgkill tkill
allow vfork wait4 waitid
# restricting oneself further
allow landlock_add_rule landlock_create_ruleset landlock_restrict_self seccomp
# time
allow adjtimex alarm clock_adjtime clock_getres clock_gettime clock_nanosleep getitimer gettimeofday setitimer time timer_create
allow timer_delete timer_getoverrun timer_gettime timer_settime timerfd_create timerfd_gettime timerfd_settime times
# network
allow accept accept4 bind connect getpeername getsockname getsockopt listen recvfrom recvmmsg recvmsg sendmmsg sendmsg sendto
allow setsockopt shutdown socketpair
# between processes
allow mq_getsetattr mq_notify mq_open mq_timedreceive mq_timedsend mq_unlink
allow msgctl msgget msgrcv msgsnd semctl semget semop semtimedop shmat shmctl shmdt shmget
# the machine
allow getrandom sysinfo uname

# Not AF_VSOCK (28 hexadecimal): it speaks to the hypervisor past every network namespace.
allow socket when argument 0 & ffffffff != 28
with socket_af allow socket
# Ordinary personalities: Linux, Linux32, both with UNAME26, and asking which.
allow personality when argument 0 & ffffffff == 0
allow personality when argument 0 & ffffffff == 8
allow personality when argument 0 & ffffffff == 20000
allow personality when argument 0 & ffffffff == 20008
allow personality when argument 0 & ffffffff == ffffffff
# Threads and processes, but no CLONE_NEW* flag. Of clone3 a filter cannot see the flags: programs fall back to clone.
allow clone when argument 0 & 7e020000 == 0
refuse 38 clone3

with sys_admin allow bpf clone clone3 fanotify_init fsconfig fsmount fsopen fspick lookup_dcookie mount mount_setattr move_mount
with sys_admin allow open_tree perf_event_open quotactl quotactl_fd setdomainname sethostname setns syslog umount2 unshare
with sys_admin allow listmount statmount
with dac_read_search allow open_by_handle_at
with sys_boot allow reboot
with sys_chroot allow chroot
with sys_module allow delete_module finit_module init_module
with sys_pacct allow acct
with sys_ptrace allow kcmp pidfd_getfd process_madvise
with sys_rawio allow ioperm iopl
with sys_time allow clock_settime settimeofday
with sys_tty_config allow vhangup
with sys_nice allow get_mempolicy mbind set_mempolicy set_mempolicy_home_node
with syslog allow syslog
with bpf allow bpf
with perfmon allow perf_event_open
with hostname allow setdomainname sethostname
