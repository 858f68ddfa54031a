package io.schedulerworker.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvListing;
import io.schedulerworker.port.KvListing.Order;
import io.schedulerworker.port.KvPage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Listings: order, prefixes, pages, and what others write meanwhile. */
public abstract class KvStoreListingContract extends KvStoreTestBase {
  /** In the order of their UTF-8 bytes. {@code String.compareTo} puts the two emoji before U+E000. */
  private static final List<String> ORDERED = List.of(
      "!",
      "10",
      "9",
      "A",
      "Z",
      "a",
      "a\u0000",
      "a ",
      "aa",
      "a\uff5e",
      "a😀",
      "b",
      "z",
      "\u007f",
      "\u00e9",
      "\u07ff",
      "\u0800",
      "\ud7ff",
      "\ue000",
      "\ufffd",
      "\uffff",
      "😀",
      "😁",
      "\udbff\udfff");

  /** For adapters' tests. */
  protected KvStoreListingContract() {}

  @Test
  void listsNothingWhereNothingIs() {
    KvPage page = list(KvListing.ascending(key(""), 10));

    assertThat(page.entries()).isEmpty();
    assertThat(page.next()).isEmpty();
    assertThat(listAll(KvListing.descending(key(""), 10))).isEmpty();
  }

  @Test
  void listsInTheOrderOfCodePoints() {
    putShuffled(ORDERED);

    assertThat(listNames(KvListing.ascending(key(""), 100))).isEqualTo(ORDERED);
  }

  @Test
  void listsBackwardInTheOppositeOrder() {
    putShuffled(ORDERED);

    assertThat(listNames(KvListing.descending(key(""), 100))).isEqualTo(reversed(ORDERED));
  }

  @Test
  void listsValuesAndVersionsAsReadsSeeThem() {
    for (String name : List.of("a", "b", "c")) {
      put(key(name), "value of " + name);
    }

    for (KvEntry entry : listAll(KvListing.ascending(key(""), 2))) {
      assertThat(get(entry.key())).contains(entry);
    }
  }

  @Test
  void listsWhatTheLastWriteLeft() {
    put(key("kept"), "old");
    put(key("kept"), "new");
    put(key("deleted"), "value");
    store().delete(key("deleted"), ample());

    assertThat(listAll(KvListing.ascending(key(""), 10)))
        .extracting(KvEntry::value)
        .containsExactly("new");
  }

  @Test
  void aPrefixIsNoPattern() {
    for (String wild :
        List.of("*", "?", "[ab]", "[^x]", "\\", "%", "_", ".", ".*", "^", "$", "{a}")) {
      put(key("a" + wild + ":literal"), "value");
      put(key("ab:decoy"), "value");
      put(key("a:decoy"), "value");

      assertThat(listNames(KvListing.ascending(key("a" + wild + ":"), 10)))
          .as("ascending from a%s:", wild)
          .containsExactly("a" + wild + ":literal");
      assertThat(listNames(KvListing.descending(key("a" + wild + ":"), 10)))
          .as("descending from a%s:", wild)
          .containsExactly("a" + wild + ":literal");
    }
  }

  @Test
  void aPrefixTakesItsOwnKeyAndNoNeighbours() {
    putShuffled(List.of("job", "job:", "job:1", "job:\udbff\udfff", "job;", "joc", "jo", "Job:1"));

    assertThat(listNames(KvListing.ascending(key("job:"), 10)))
        .containsExactly("job:", "job:1", "job:\udbff\udfff");
    assertThat(listNames(KvListing.descending(key("job:"), 10)))
        .containsExactly("job:\udbff\udfff", "job:1", "job:");
  }

  @Test
  void aPrefixMayEndWithTheGreatestCodePoints() {
    for (String last : List.of("\u007f", "\u07ff", "\ud7ff", "\uffff", "\udbff\udfff")) {
      putShuffled(List.of(last + last, last, last + "z"));

      assertThat(listNames(KvListing.descending(key(last), 10)))
          .as("U+%X", last.codePointAt(0))
          .containsExactlyInAnyOrder(last + last, last + "z", last);
    }
  }

  @Test
  void theEmptyPrefixMeansAll() {
    put(key("one"), "value");
    put(key("two"), "value");

    assertThat(listAll(KvListing.ascending("", 100)))
        .extracting(KvEntry::key)
        .contains(key("one"), key("two"));
  }

  @Test
  void beginsAfterAKeyWhetherOrNotItExists() {
    putShuffled(List.of("b", "d", "f"));
    KvListing up = KvListing.ascending(key(""), 10);
    KvListing down = KvListing.descending(key(""), 10);

    assertThat(listNames(up.after(key("d")))).containsExactly("f");
    assertThat(listNames(up.after(key("c")))).containsExactly("d", "f");
    assertThat(listNames(up.after(key("f")))).isEmpty();
    assertThat(listNames(down.after(key("d")))).containsExactly("b");
    assertThat(listNames(down.after(key("e")))).containsExactly("d", "b");
    assertThat(listNames(down.after(key("b")))).isEmpty();
  }

  @Test
  void beginsAfterAKeyThatLacksThePrefix() {
    putShuffled(List.of("j:1", "j:2"));
    KvListing up = KvListing.ascending(key("j:"), 10);
    KvListing down = KvListing.descending(key("j:"), 10);

    assertThat(listNames(up.after(key("a")))).containsExactly("j:1", "j:2");
    assertThat(listNames(up.after(key("z")))).isEmpty();
    assertThat(listNames(down.after(key("z")))).containsExactly("j:2", "j:1");
    assertThat(listNames(down.after(key("a")))).isEmpty();
  }

  @Test
  void pagesOfEverySizeJoinToTheWhole() {
    putShuffled(ORDERED);

    for (int limit = 1; limit <= ORDERED.size() + 1; limit++) {
      assertThat(listNames(KvListing.ascending(key(""), limit))).isEqualTo(ORDERED);
      assertThat(listNames(KvListing.descending(key(""), limit))).isEqualTo(reversed(ORDERED));
    }
  }

  @Test
  void noPageIsLongerThanItsLimit() {
    putShuffled(ORDERED);

    for (int limit = 1; limit <= ORDERED.size(); limit++) {
      assertThat(list(KvListing.ascending(key(""), limit)).entries())
          .hasSizeLessThanOrEqualTo(limit);
    }
    assertThat(listNames(KvListing.ascending(key(""), Integer.MAX_VALUE))).isEqualTo(ORDERED);
  }

  @Test
  void goesOnAfterAKeyThatWasDeletedMeanwhile() {
    for (Order order : Order.values()) {
      putShuffled(ORDERED);
      List<String> seen = new ArrayList<>();
      Optional<String> next = Optional.empty();
      do {
        KvPage page = list(new KvListing(key(""), order, next, 3));
        for (KvEntry entry : page.entries()) {
          seen.add(nameOf(entry));
          store().delete(entry.key(), ample());
        }
        next = page.next();
      } while (next.isPresent());

      assertThat(seen).isEqualTo(order == Order.ASCENDING ? ORDERED : reversed(ORDERED));
    }
  }

  @Test
  void whatIsThereThroughoutAppearsOnceWhileOthersComeAndGo() throws Exception {
    List<String> stable =
        IntStream.range(100, 160).mapToObj(i -> "k" + i + ":stable").toList();
    putShuffled(stable);
    AtomicBoolean done = new AtomicBoolean();

    Race.of(4, number -> {
      if (number == 0) {
        try {
          walkBothWays(stable);
        } finally {
          done.set(true);
        }
      } else {
        comeAndGo(number, done);
      }
      return number;
    });
  }

  @Test
  void malformedPrefixesAndKeysAreRejected() {
    assertThatThrownBy(() -> list(KvListing.ascending(key("\ud83d"), 10)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> list(KvListing.ascending(key(""), 10).after("\ude00")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void walkBothWays(List<String> stable) {
    for (int walk = 0; walk < 20; walk++) {
      assertWalk(listNames(KvListing.ascending(key(""), 7)), stable);
      assertWalk(listNames(KvListing.descending(key(""), 7)), reversed(stable));
    }
  }

  private static void assertWalk(List<String> seen, List<String> stable) {
    assertThat(seen).doesNotHaveDuplicates();
    assertThat(seen.stream().filter(name -> name.endsWith(":stable")).toList()).isEqualTo(stable);
  }

  private void comeAndGo(int number, AtomicBoolean done) {
    for (int i = 0; !done.get(); i++) {
      String key = key("k" + (100 + i % 60) + ":passing " + number);
      put(key, "value");
      store().delete(key, ample());
    }
  }

  /** Shuffled the same way in every run. */
  private void putShuffled(List<String> names) {
    List<String> shuffled = new ArrayList<>(names);
    Collections.shuffle(shuffled, new Random(7));
    for (String name : shuffled) {
      put(key(name), "value");
    }
  }

  private static List<String> reversed(List<String> names) {
    List<String> reversed = new ArrayList<>(names);
    Collections.reverse(reversed);
    return reversed;
  }
}
