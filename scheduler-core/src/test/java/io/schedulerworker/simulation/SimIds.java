package io.schedulerworker.simulation;

import io.schedulerworker.port.IdGenerator;

/** Names drawn from the seed; those of processes say whose they are. */
final class SimIds implements IdGenerator {
  private static final String DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";

  private final Incarnation me;

  SimIds(Incarnation me) {
    this.me = me;
  }

  @Override
  public String traceSuffix() {
    me.checkAlive();
    return draw(8);
  }

  @Override
  public String ownerId() {
    me.checkAlive();
    String id = me.name.replace('.', '-') + "-" + draw(6);
    me.ownerIds.add(id);
    return id;
  }

  private String draw(int length) {
    StringBuilder drawn = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      drawn.append(DIGITS.charAt(me.world.random.nextInt(DIGITS.length())));
    }
    return drawn.toString();
  }
}
