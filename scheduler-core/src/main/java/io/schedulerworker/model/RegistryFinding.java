package io.schedulerworker.model;

import org.jspecify.annotations.Nullable;

/**
 * Something wrong with one element of the registry's list.
 *
 * @param index the element's place in {@code kpis}, from 0
 * @param id the element's id; null if it has none that can be shown
 * @param field the field at fault; null if it is the element as a whole
 * @param reason what is wrong, to be read after the field's name
 * @param leftOut true if the KPI cannot be called, false if it can
 */
public record RegistryFinding(
    int index, @Nullable String id, @Nullable String field, String reason, boolean leftOut) {

  /**
   * Where something is wrong, for those who are not to see what the registry has there.
   *
   * @return the element and its id
   */
  public String place() {
    return "kpis[" + index + "]" + (id == null ? "" : " (id " + Texts.quote(id) + ")");
  }

  /** One line for a person: where, what, and what follows from it. */
  @Override
  public String toString() {
    return place()
        + ": "
        + (field == null ? "" : field + " ")
        + reason
        + (leftOut ? "; this KPI is left out" : "");
  }
}
