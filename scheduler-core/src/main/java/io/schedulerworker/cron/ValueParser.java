package io.schedulerworker.cron;

/**
 * Reads values, ranges, steps and lists of them into a set of bits.
 *
 * <p>One oddity of the dialect: a star is the whole field only where it stands alone or takes a
 * step. After a comma it is one more way to write the field's least value, so {@code 5,*} means 0
 * and 5.
 */
final class ValueParser {
  private final FieldReader reader;
  private final Field field;

  ValueParser(FieldReader reader) {
    this.reader = reader;
    this.field = reader.field();
  }

  long parse() {
    if (reader.takeLast('*')) {
      return field.bits(field.min, field.max, 1);
    }
    rejectUnsteppedStar();
    long bits = element();
    while (reader.take(',')) {
      bits |= element();
    }
    reader.expectEnd();
    return bits;
  }

  private void rejectUnsteppedStar() {
    FieldReader ahead = reader.copy();
    if (ahead.take('*') && !ahead.at('/')) {
      throw ahead.unexpected("follows a star, which in first place stands alone or takes a step");
    }
  }

  private long element() {
    int from = reader.take('*') ? field.min : reader.value();
    boolean range = reader.take('-');
    int to = range ? reader.value() : from;
    if (!reader.take('/')) {
      return field.bits(from, to, 1);
    }
    int step = reader.step();
    return field.bits(from, range ? to : field.max, step);
  }
}
