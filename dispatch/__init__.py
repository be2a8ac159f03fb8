"""
The way of the paper: shipments, labels, manifests, and what the carrier says of them.

A dossier's leg is one shipment per try. Closing a manifest lists the booked parcels of one post
office, carrier and day, and draws the papers that both sides sign.
"""
