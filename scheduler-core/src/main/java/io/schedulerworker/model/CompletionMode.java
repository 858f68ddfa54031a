package io.schedulerworker.model;

/** What makes a KPI complete. */
public enum CompletionMode {
  /** A 2xx answer makes it triggered; its end is reported later, by a callback or by another writer. */
  CALLBACK,
  /** A 2xx answer makes it completed: the webhook answers when the workflow's last node is done. */
  TRIGGER
}
