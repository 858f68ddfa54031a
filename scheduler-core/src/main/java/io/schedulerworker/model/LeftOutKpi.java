package io.schedulerworker.model;

/**
 * An element of the registry's list that cannot be called; its findings say why.
 *
 * @param text the element as it stands, so that rewriting a registry loses nothing
 */
public record LeftOutKpi(JsonText text) implements RegistryEntry {}
