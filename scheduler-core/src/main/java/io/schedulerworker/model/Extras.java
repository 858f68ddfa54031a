package io.schedulerworker.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The fields of an object that this version does not know, or whose values it cannot use, in their order: what
 * survives a read-change-write.
 *
 * @param fields by name; copied, unmodifiable
 */
public record Extras(Map<String, JsonText> fields) {
  /** No such field. */
  public static final Extras NONE = new Extras(Map.of());

  /**
   * Copies the fields.
   *
   * @param fields as above
   */
  public Extras {
    fields = fields.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /**
   * These fields and those of another object, this one's value winning where both have a name.
   *
   * @param other the other object's fields
   * @return the union
   */
  public Extras and(Extras other) {
    if (other.fields.isEmpty() || equals(other)) {
      return this;
    }
    Map<String, JsonText> union = new LinkedHashMap<>(fields);
    other.fields.forEach(union::putIfAbsent);
    return new Extras(union);
  }

  /**
   * These fields but for one.
   *
   * @param name of the field, whether or not it is there
   * @return the rest
   */
  public Extras without(String name) {
    if (!fields.containsKey(name)) {
      return this;
    }
    Map<String, JsonText> rest = new LinkedHashMap<>(fields);
    rest.remove(name);
    return new Extras(rest);
  }
}
