// The address says that this is another try, so that no cache answers with the failure.
export const RETRY = "#retry";

export const retrying = () => location.hash === RETRY;
