package io.schedulerworker.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * What goes wrong between the replicas and the store, by chance and by aim. Chance alone seldom hits the moments that
 * matter, such as a crash between the lease and the ledger: an aim waits for a write of a certain kind.
 */
final class Trouble {
  private final World world;
  private final List<Aim> aims = new ArrayList<>();
  private final List<Outage> outages = new ArrayList<>();
  private double faultPercent;
  private double slowPercent;

  Trouble(World world) {
    this.world = world;
  }

  /** What becomes of one call. */
  enum Fault {
    NONE,
    /** Takes seconds. */
    SLOW,
    /** Takes five seconds. */
    CRAWLING,
    /** Fails at once; nothing is done. */
    REFUSED,
    /** The request never arrives; who asked does not know. */
    REQUEST_LOST,
    /** It is done; who asked does not know. */
    ANSWER_LOST,
    /** Who asked does not know, and it is done much later. */
    LATE,
    /** The JVM fails, for want of memory for example, before or after it is done. */
    BROKEN
  }

  /** What befalls a process within a call. */
  enum Blow {
    CRASH_BEFORE,
    CRASH_AFTER_SENDING,
    PAUSE_BEFORE,
    PAUSE_AFTER,
    /** Goes on when the next fire has just fallen due by its clock, if that is soon. */
    PAUSE_AFTER_INTO_NEXT_FIRE,
    SUSPEND_BEFORE,
    /** So do all others, for minutes. */
    BLACKOUT_BEFORE
  }

  /** Waits for a write whose key has a prefix, or for a call of n8n; either a fault or a blow. */
  private record Aim(String prefix, Fault fault, Blow blow, long until) {}

  /** A span in which no call of a process gets through, or of all if it is null. */
  private record Outage(Integer replica, long until, Fault fault) {}

  void rates(double faults, double slowness) {
    faultPercent = faults;
    slowPercent = slowness;
  }

  void aimAtStore(String prefix, Fault fault, Duration patience) {
    aims.add(new Aim(prefix, fault, null, world.now() + patience.toNanos()));
  }

  void aimAtReplica(String prefix, Blow blow, Duration patience) {
    aims.add(new Aim(prefix, null, blow, world.now() + patience.toNanos()));
  }

  void outage(Integer replica, Fault fault, Duration span) {
    outages.add(new Outage(replica, world.now() + span.toNanos(), fault));
  }

  /** From now on all is well. */
  void end() {
    aims.clear();
    outages.clear();
    rates(0, 0);
  }

  Fault fault(Incarnation who, String key, boolean write) {
    for (Outage outage : outages) {
      if (outage.until > world.now() && (outage.replica == null || outage.replica == who.replica)) {
        return outage.fault;
      }
    }
    if (write) {
      Aim aim = take(key, false);
      if (aim != null) {
        return aim.fault;
      }
    }
    return byChance(write);
  }

  private Fault byChance(boolean write) {
    if (slowPercent > 0 && world.chance(slowPercent)) {
      return Fault.SLOW;
    }
    if (faultPercent == 0 || !world.chance(faultPercent)) {
      return Fault.NONE;
    }
    Fault[] all = Fault.values();
    Fault drawn = all[3 + world.random.nextInt(all.length - 3)];
    return write || drawn != Fault.LATE ? drawn : Fault.REFUSED;
  }

  /** What befalls the process that writes this key now; null for nothing. */
  Blow blow(String key) {
    Aim aim = aims.isEmpty() ? null : take(key, true);
    return aim == null ? null : aim.blow;
  }

  private Aim take(String key, boolean blow) {
    Iterator<Aim> each = aims.iterator();
    while (each.hasNext()) {
      Aim aim = each.next();
      if (aim.until < world.now()) {
        each.remove();
      } else if ((aim.blow != null) == blow && key.startsWith(aim.prefix)) {
        each.remove();
        return aim;
      }
    }
    return null;
  }
}
