package dev.drover.store;

/// Everything a [Store] promises, as tests; a class implements it to run them on its store.
public interface StoreContract
        extends TransactionContract, ReadContract, WatchContract, CompactionContract {}
