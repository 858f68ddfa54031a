package io.schedulerworker.model;

/** One element of the registry's list: a usable {@link Kpi}, or a {@link LeftOutKpi}. */
public sealed interface RegistryEntry permits Kpi, LeftOutKpi {}
