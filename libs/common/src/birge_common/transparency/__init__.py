"""The tamper-evident log that services record their acts in; `birge audit` checks it on its own."""
