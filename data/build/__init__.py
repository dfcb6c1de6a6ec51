"""Raw records to shipped tables: ``python -m data.build --raw FOLDER``. The app never needs it."""
