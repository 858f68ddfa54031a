package io.schedulerworker.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.port.Clock;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the contracts of a store: a sound one passes, and each mistake fails the tests that are there for it. */
class KvStoreContractsTest {
  @Test
  void aSoundStorePasses() {
    KvStoreSuites.use(ReferenceKvStore::new);

    ContractRun run = ContractRun.ofAll(KvStoreSuites.ALL);

    assertThat(run.failed()).isEmpty();
    assertThat(run.passed()).hasSizeGreaterThan(80);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeFailsTheTestsThatAreThereForIt(Mistake mistake) {
    KvStoreSuites.use(mistake.store());

    ContractRun run = ContractRun.of(mistake.suite(), mistake.failing());

    assertThat(run.failed()).containsOnlyKeys(mistake.failing());
  }

  static List<Mistake> mistakes() {
    return List.of(
        mistake(
            "LosesUpdates",
            BrokenKvStores.LosesUpdates::new,
            KvStoreSuites.Concurrency.class,
            "noIncrementIsLost",
            "oneOfManyReplacesAVersion"),
        mistake(
            "CreatesTwice",
            BrokenKvStores.CreatesTwice::new,
            KvStoreSuites.Concurrency.class,
            "oneOfManyCreatesAValue",
            "aClaimKeepsAllOthersOut"),
        mistake(
            "DeletesTwice",
            BrokenKvStores.DeletesTwice::new,
            KvStoreSuites.Concurrency.class,
            "oneOfManyDeletesAVersion"),
        mistake(
            "TearsValues",
            BrokenKvStores.TearsValues::new,
            KvStoreSuites.Concurrency.class,
            "readsNeverSeeATornValue"),
        mistake(
            "ExpiresEarly",
            BrokenKvStores.ExpiresEarly::new,
            KvStoreSuites.Expiry.class,
            "aValueLivesAsLongAsItWasGiven"),
        mistake(
            "ExpiresLate",
            BrokenKvStores.ExpiresLate::new,
            KvStoreSuites.Expiry.class,
            "anExpiredValueIsAbsentToReads",
            "anExpiredValueIsAbsentToListings"),
        mistake(
            "KeepsTheFormerTime",
            BrokenKvStores.KeepsTheFormerTime::new,
            KvStoreSuites.Expiry.class,
            "aLaterWriteWithoutTimeToLiveKeepsNone"),
        mistake(
            "TouchesOnRefusal",
            BrokenKvStores.TouchesOnRefusal::new,
            KvStoreSuites.Expiry.class,
            "aRefusedWriteLeavesTheTimeAsItIs"),
        mistake(
            "OverflowsTime",
            BrokenKvStores.OverflowsTime::new,
            KvStoreSuites.Expiry.class,
            "aThousandYearsAreATimeToLive"),
        mistake(
            "OrdersByUtf16",
            BrokenKvStores.OrdersByUtf16::new,
            KvStoreSuites.Listings.class,
            "listsInTheOrderOfCodePoints"),
        mistake(
            "DoesNotOrderPages",
            BrokenKvStores.DoesNotOrderPages::new,
            KvStoreSuites.Listings.class,
            "pagesOfEverySizeJoinToTheWhole"),
        mistake(
            "TakesPrefixesForPatterns",
            BrokenKvStores.TakesPrefixesForPatterns::new,
            KvStoreSuites.Listings.class,
            "aPrefixIsNoPattern"),
        mistake(
            "RepeatsAcrossPages",
            BrokenKvStores.RepeatsAcrossPages::new,
            KvStoreSuites.Listings.class,
            "pagesOfEverySizeJoinToTheWhole"),
        mistake(
            "PagesByPosition",
            BrokenKvStores.PagesByPosition::new,
            KvStoreSuites.Listings.class,
            "goesOnAfterAKeyThatWasDeletedMeanwhile"),
        mistake(
            "ListsOnePage",
            BrokenKvStores.ListsOnePage::new,
            KvStoreSuites.Listings.class,
            "pagesOfEverySizeJoinToTheWhole"),
        mistake(
            "IgnoresTheDirection",
            BrokenKvStores.IgnoresTheDirection::new,
            KvStoreSuites.Listings.class,
            "listsBackwardInTheOppositeOrder"),
        mistake(
            "ReadsStale",
            BrokenKvStores.ReadsStale::new,
            KvStoreSuites.Basics.class,
            "readsTheLastWrite"),
        mistake(
            "CountsItsOwnWrites",
            BrokenKvStores.CountsItsOwnWrites::new,
            KvStoreSuites.Basics.class,
            "aForeignWriteChangesTheVersion"),
        mistake(
            "ComputesVersionsOfLaterValues",
            BrokenKvStores.ComputesVersionsOfLaterValues::new,
            KvStoreSuites.Basics.class,
            "aVersionIsThatOfTheValueReadHoweverLateItIsAskedFor"),
        mistake(
            "HasWeakVersions",
            BrokenKvStores.HasWeakVersions::new,
            KvStoreSuites.Basics.class,
            "differentValuesOfOneKeyHaveDifferentVersions"),
        mistake(
            "ReleasesForOthers",
            BrokenKvStores.ReleasesForOthers::new,
            KvStoreSuites.Claims.class,
            "aStaleOwnerDoesNotReleaseItsSuccessor"),
        mistake(
            "RenewsTheDead",
            BrokenKvStores.RenewsTheDead::new,
            KvStoreSuites.Claims.class,
            "renewalAfterExpiryFailsAndNobodyHoldsTheClaim"),
        mistake(
            "IgnoresDeadlines",
            BrokenKvStores.IgnoresDeadlines::new,
            KvStoreSuites.Deadlines.class,
            "aDeadlineThatIsOverIsUnavailable",
            "aDeadlineThatIsOverWritesNothing"),
        mistake(
            "ForgetsDeadlines",
            BrokenKvStores.ForgetsDeadlines::new,
            KvStoreSuites.Deadlines.class,
            "deadlinesAreKeptUnderContention"),
        mistake(
            "SwallowsInterrupts",
            BrokenKvStores.SwallowsInterrupts::new,
            KvStoreSuites.Deadlines.class,
            "anInterruptKeepsTheFlagAndTellsTheTruth"),
        mistake(
            "WorksAfterClose",
            BrokenKvStores.WorksAfterClose::new,
            KvStoreSuites.Basics.class,
            "callsAfterCloseFail"),
        mistake(
            "NormalizesKeys",
            BrokenKvStores.NormalizesKeys::new,
            KvStoreSuites.Texts.class,
            "keysThatLookAlikeAreDifferent"),
        mistake(
            "EndsAtNul",
            BrokenKvStores.EndsAtNul::new,
            KvStoreSuites.Texts.class,
            "anyTextIsAValue"));
  }

  private static Mistake mistake(
      String name, Function<Clock, ReferenceKvStore> store, Class<?> suite, String... failing) {
    return new Mistake(name, store, suite, List.of(failing));
  }

  record Mistake(
      String name, Function<Clock, ReferenceKvStore> store, Class<?> suite, List<String> failing) {
    @Override
    public String toString() {
      return name;
    }
  }
}
